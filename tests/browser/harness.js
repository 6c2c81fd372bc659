// Starts the built service and a real browser for a test file, and stops both.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where pictures of the pages are left for a person to look at. */
export const screenshots = `${root}target/screenshots`;

/** The day that all answers are about: pages never depend on when the tests run. */
export const AS_OF = '2026-11-21';

// As root the sandbox cannot start; without the rest Chromium calls hosts of its maker in the background.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Starts the service on a free port and waits for the address that it prints; COVERAGE_MAP_URL names one that runs already. */
export async function serve(listen = '127.0.0.1:0', ...options) {
  if (process.env.COVERAGE_MAP_URL) {
    return { url: process.env.COVERAGE_MAP_URL.replace(/\/$/, ''), stop: async () => {} };
  }
  const binary = process.env.COVERAGE_MAP_BIN ?? `${root}target/debug/coverage-map`;
  if (!existsSync(binary)) throw new Error(`${binary} does not exist; build it with: cargo test --no-run --test it`);
  const child = spawn(binary, ['serve', '--listen', listen, '--as-of', AS_OF, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await address(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  };
  await drawn(url);
  return { url, stop };
}

/** Waits until the map has been drawn once: on a busy machine a build without optimisation takes longer for that than a request may. */
async function drawn(url) {
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await fetch(`${url}/partners`)).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${url}/partners is not answered`);
}

/** The same, told the address by which other sites know it. */
export async function serveAt() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return serve(`127.0.0.1:${port}`, '--public-url', `http://127.0.0.1:${port}`);
}

/** The address that a service says it listens on. */
function address(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it said its address:\n${said}`)));
    child.once('error', reject);
  });
}

/** Starts Debian's Chromium. */
export async function launch() {
  mkdirSync(screenshots, { recursive: true });
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** Opens a page and notes what a visitor would be harmed by: errors, and requests to anyone but the service. */
export async function visit(context, url, path) {
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports the status of the document, which is checked on its own.
    const ownStatus = message.location().url === url + path && /status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !ownStatus) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) faults.push(`foreign request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // What is still on its way when a page is left is given up by the browser.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed request: ${request.url()}`);
  });
  page.on('response', (response) => {
    const own = response.request().isNavigationRequest();
    if (!own && response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  const response = await page.goto(url + path, { waitUntil: 'load' });
  return { page, response, faults };
}

/** The service and a browser, running while the tests of a file run: `url`, `browser`, and `within` for one page. */
export function site(start = serve) {
  const running = {
    /** Opens a page in a fresh profile, gives it to a check, and closes the profile. */
    async within(options, path, check) {
      const context = await running.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      try {
        return await check({ context, ...(await visit(context, running.url, path)) });
      } finally {
        await context.close();
      }
    },
  };
  let stop;
  before(async () => {
    const [service, browser] = await Promise.all([start(), launch()]);
    Object.assign(running, { browser, url: service.url });
    ({ stop } = service);
  });
  after(async () => {
    await running.browser?.close();
    await stop?.();
  });
  return running;
}
