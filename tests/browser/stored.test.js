// The site as files, from a server that knows no more than to send them: like a store of objects with an index and an error page.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { AS_OF, launch } from './harness.js';

const root = new URL('../..', import.meta.url).pathname;
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png' };

let folder;
let server;
let site;
let chromium;

function sent(path) {
  for (const file of [path, join(path, 'index.html')]) {
    try {
      return { file, body: readFileSync(join(folder, 'map/site', file)) };
    } catch { /* the next one */ }
  }
  return null;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stored-'));
  const toy = `${root}tests/data/toy`;
  const binary = process.env.COVERAGE_MAP_BIN ?? `${root}target/debug/coverage-map`;
  execFileSync(binary, ['--geography', `${toy}/geography`, '--program', `${toy}/program`, '--as-of', AS_OF, 'export', 'static', join(folder, 'map')]);
  server = createServer(({ url }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://x').pathname);
    const found = sent(path);
    const { file, body } = found ?? sent('404.html');
    response.writeHead(found ? 200 : 404, { 'content-type': `${TYPES[extname(file)] ?? 'text/plain'}; charset=utf-8` }).end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  site = `http://127.0.0.1:${server.address().port}`;
  chromium = await launch();
});

after(async () => {
  await chromium?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function page(path, options = {}) {
  const context = await chromium.newContext(options);
  const opened = await context.newPage();
  await opened.goto(site + path);
  return opened;
}

async function search(opened, text) {
  await opened.fill('#q', text);
  await opened.press('#q', 'Enter');
}

for (const [language, prefix, verdict] of [['English', '', 'has a partner: Iris School'], ['Spanish', '/es', 'tiene socio: Iris School']]) {
  test(`a ZIP is answered in ${language}`, async () => {
    const opened = await page(`${prefix}/partners`);
    await search(opened, '01212');
    await opened.waitForURL(`${site}${prefix}/zips/012#01212`);
    const shown = await opened.locator('.zip-answers > li:visible').all();
    assert.equal(shown.length, 1);
    assert.match(await shown[0].innerText(), new RegExp(verdict));
  });
}

test('a ZIP that does not exist is said not to exist', async () => {
  const opened = await page('/partners?q=01299');
  await opened.waitForURL(`${site}/zips/012#01299`);
  assert.match(await opened.locator('#absent').innerText(), /No ZIP has these five digits/);
  await search(opened, '01212');
  await opened.waitForURL(`${site}/zips/012#01212`);
  assert.equal(await opened.locator('#absent').isVisible(), false);
});

test('the address of a ZIP leads to its answer from the page that says that nothing is there', async () => {
  const opened = await page('/zips/01215');
  await opened.waitForURL(`${site}/zips/012#01215`);
});

test('a state is found by its name, and what cannot be answered is said', async () => {
  const opened = await page('/partners');
  await search(opened, 'west');
  await opened.waitForURL(`${site}/states/we`);
  await opened.goto(`${site}/partners`);
  await search(opened, 'somewhere else');
  await opened.waitForFunction(() => document.querySelector('.search [role=status]').textContent !== '');
  assert.match(await opened.locator('.search [role=status]').innerText(), /answers ZIPs/);
  assert.equal(await opened.inputValue('#q'), 'somewhere else');
});

test('without JavaScript the lists of ZIPs lead to an answer', async () => {
  const opened = await page('/partners', { javaScriptEnabled: false });
  await opened.click('a[href="/zips"]');
  await opened.click('a[href="/zips/012"]');
  assert.match(await opened.locator('[id="01212"]').innerText(), /has a partner: Iris School/);
});
