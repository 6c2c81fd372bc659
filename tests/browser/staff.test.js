// A member of staff signs in, finds the largest gap, tries a partner on it, tries a partner's leaving, and takes it along.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accessible, findings } from './axe.js';
import { screenshots, serve, site, visit } from './harness.js';

const binary = process.env.COVERAGE_MAP_BIN ?? fileURLToPath(new URL('../../target/debug/coverage-map', import.meta.url));
const PAGES = [
  '', '/coverage', '/gaps', '/upcoming?days=365', '/diff?from=2026-11-21&to=2027-07-01', '/overlaps', '/applications', '/demand',
  '/audit', '/what-if', '/what-if?without=puget-sound-cs-hub&on=2027-07-01', '/explain', '/explain?q=98101', '/batch',
];

const state = mkdtempSync(join(tmpdir(), 'staff-'));
const made = execFileSync(binary, ['token', 'new', '--name', 'Ann', '--scope', 'all', '--state', state, '--format', 'json']);
const { token } = JSON.parse(made);
const here = site(() => serve('127.0.0.1:0', '--state', state));
after(() => rmSync(state, { recursive: true, force: true }));

/** Signs in on the page that a visitor without a token gets. */
async function signedIn(options = {}, path = '/staff') {
  const context = await here.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const { page, response } = await visit(context, here.url, path);
  assert.equal(response.status(), 401);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(here.url + path);
  return { context, page };
}

for (const javaScriptEnabled of [true, false]) {
  test(`the next partner and a leaving one, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const { context, page } = await signedIn({ javaScriptEnabled });
    assert.match(await page.locator('.lede').first().innerText(), /counties are covered/);
    await page.getByRole('navigation', { name: 'Staff' }).getByRole('link', { name: 'Gaps' }).click();
    await page.locator('#gaps tbody a').first().click();
    assert.match(page.url(), /\/staff\/gaps\/gap:\d{5}/);
    await page.locator('.map-figure svg').first().waitFor();
    await page.getByLabel('were taken on by').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Try' }).click();
    assert.match(await page.locator('h1').innerText(), /^What if .* takes on /);

    await page.goto(`${here.url}/staff/what-if`);
    const leaves = page.getByRole('region', { name: 'A partner leaves' });
    await leaves.getByLabel('Partner').selectOption('puget-sound-cs-hub');
    await leaves.getByLabel('From this day on').fill('2027-06-01');
    await leaves.getByRole('button', { name: 'Try' }).click();
    assert.match(await page.locator('.lede').first().innerText(), /lose their partner/);
    for (const [name, file] of [['Excel workbook', /what-if|change.*\.xlsx$/], ['the changed file', /^assignments\.csv$/]]) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      assert.match(download.suggestedFilename(), file);
    }
    await context.close();
  });
}

test('of what would be if, paper shows the report and not the forms', async () => {
  const { context, page } = await signedIn();
  await page.goto(`${here.url}/staff/what-if?without=puget-sound-cs-hub&on=2027-07-01`);
  const form = page.getByRole('heading', { name: 'A partner leaves' });
  assert.ok(await form.isVisible());
  await page.emulateMedia({ media: 'print' });
  assert.ok(!await form.isVisible());
  assert.match(await page.locator('main').innerText(), /lose their partner/);
  await context.close();
});

test('the session is a host cookie that no script sees, and ends by signing out', async () => {
  const { context, page } = await signedIn();
  const [cookie] = await context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.secure, cookie.sameSite, cookie.path],
    ['__Host-coverage-map', true, true, 'Strict', '/']);
  assert.equal(await page.evaluate(() => document.cookie), '');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/staff\/sign-in$/);
  assert.equal((await page.goto(`${here.url}/staff/gaps`)).status(), 401);
  await context.close();
});

test('a wrong token gets the form again, with a reason', async () => {
  const context = await here.browser.newContext();
  const { page } = await visit(context, here.url, '/staff/sign-in');
  await page.getByLabel('Token').fill('cmap_00000000_no');
  await page.getByRole('button', { name: 'Sign in' }).click();
  assert.match(await page.getByRole('alert').innerText(), /no such token/);
  assert.deepEqual(await findings(page), []);
  await context.close();
});

test('a table goes up and comes back answered', async () => {
  const { context, page } = await signedIn({}, '/staff/batch');
  const table = { name: 'schools.csv', mimeType: 'text/csv', buffer: Buffer.from('school,zip\nOak,98101\n') };
  await page.getByLabel('Table').setInputFiles(table);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Answer' }).click()]);
  assert.equal(download.suggestedFilename(), 'answered.csv');
  await context.close();
});

test('every page is accessible in every look, and fits a phone', async (t) => {
  const { context, page } = await signedIn({ reducedMotion: 'reduce' });
  await page.goto(`${here.url}/staff/gaps`);
  const gap = new URL(await page.locator('#gaps tbody a').first().getAttribute('href'), here.url).pathname.replace('/staff', '');
  for (const path of [...PAGES, gap]) {
    await t.test(path, async (t) => {
      const response = await page.goto(`${here.url}/staff${path}`);
      assert.equal(response.status(), 200, path);
      const name = `staff${path.replace(/[^a-z-]+/g, '-')}`;
      await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
      await accessible(t, page, name);
      await page.setViewportSize({ width: 360, height: 740 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide on a phone`);
      await page.setViewportSize({ width: 1280, height: 900 });
    });
  }
  await context.close();
});

test('the page that asks for a token is accessible in every look', async (t) => {
  await here.within({ reducedMotion: 'reduce' }, '/staff/sign-in', ({ page }) => accessible(t, page, 'staff-sign-in'));
});
