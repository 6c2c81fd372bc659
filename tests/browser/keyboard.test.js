// The whole way, from the first page to the partner's name, without a mouse and without eyes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site, visit } from './harness.js';

const here = site();

for (const javaScriptEnabled of [true, false]) {
  test(`by keyboard alone, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const context = await here.browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
    const { page } = await visit(context, here.url, '/');

    await page.keyboard.press('Tab');
    assert.match(await focused(page), /^#content /, 'the first stop skips the navigation');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input q', 10);
    await page.keyboard.type('98101');
    await Promise.all([page.waitForURL(/\/partners\?.*q=98101/), page.keyboard.press('Enter')]);
    assert.match(await page.locator('h1').innerText(), /Puget Sound CS Hub/);

    await tabTo(page, '/partners/puget-sound-cs-hub ', 40);
    await Promise.all([page.waitForURL(/\/partners\/puget-sound-cs-hub$/), page.keyboard.press('Enter')]);
    assert.match(await page.locator('h1').innerText(), /Puget Sound CS Hub/);
    await context.close();
  });
}

test('by the names and roles of the accessibility tree alone', async () => {
  const context = await here.browser.newContext();
  const { page } = await visit(context, here.url, '/');
  await page.getByRole('navigation').getByRole('link', { name: /partners/i }).click();
  await page.getByRole('search').getByRole('combobox', { name: /region/i }).fill('Little Rock, AR');
  await page.getByRole('search').getByRole('button').first().click();
  await page.getByRole('heading', { level: 1, name: /Little Rock, Arkansas/ }).waitFor();
  const step = page.getByRole('main').getByRole('link', { name: /apply/i }).first();
  assert.match(await step.getAttribute('href'), /^\/apply/);
  await context.close();
});

test('whatever has the focus is seen to have it', async () => {
  const context = await here.browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await visit(context, here.url, '/partners?q=98101');
  for (let stop = 0; stop < 25; stop += 1) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      // A link on the map draws the borders of its area.
      const drawn = [...element.querySelectorAll('path')].some((path) => getComputedStyle(path).stroke !== 'none');
      const shown = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none' || drawn;
      return shown ? null : element.outerHTML.slice(0, 160);
    });
    assert.equal(unseen, null);
  }
  await context.close();
});

/** What has the focus: where it leads and what it says. */
async function focused(page) {
  const target = page.locator(':focus');
  if ((await target.count()) === 0) return '';
  const tag = await target.evaluate((e) => e.tagName.toLowerCase());
  if (tag === 'input') return `input ${await target.getAttribute('name')}`;
  return `${await target.getAttribute('href')} ${await target.textContent()}`;
}

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted, most) {
  const passed = [];
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (here.startsWith(wanted)) return;
    passed.push(here);
  }
  assert.fail(`${wanted} is not within ${most} stops: ${passed.join(' | ')}`);
}
