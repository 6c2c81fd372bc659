// The first screen of a phone: the field and the map before anything is asked, the answer after; and the menu.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshots, site } from './harness.js';

const here = site();

const SCREEN = { width: 360, height: 740 };
const phone = { viewport: SCREEN, isMobile: true, hasTouch: true };

/** Where the lower or upper end of an element is on the first screen. */
const end = (page, selector, side) => page.locator(selector).first().evaluate((e, name) => e.getBoundingClientRect()[name], side);

for (const language of ['', '/es']) {
  test(`before anything is asked, the field and the map are on the first screen, ${language || '/en'}`, async () => {
    await here.within(phone, `${language}/partners`, async ({ page }) => {
      assert.ok((await end(page, 'input[name=q]', 'bottom')) < SCREEN.height / 2);
      const map = await page.locator('.map-view').boundingBox();
      assert.ok(map.y + map.height <= SCREEN.height, `the map ends at ${map.y + map.height}`);
      await page.screenshot({ path: `${screenshots}/phone${language.replace('/', '-')}-first.png` });
    });
  });

  describe(`the answer is on the first screen, ${language || '/en'}`, () => {
    const questions = ['98101', 'California', 'Delaware', 'Little Rock, AR', '09012', '11111', 'Springfield', '51.5,-0.12', 'partner:puget-sound-cs-hub'];
    for (const question of questions) {
      test(question, async () => {
        await here.within(phone, `${language}/partners?q=${encodeURIComponent(question)}`, async ({ page }) => {
          for (const part of ['main .badge', 'h1']) {
            const at = await end(page, part, 'bottom');
            assert.ok(at <= SCREEN.height, `${part} ends at ${at}`);
          }
        });
      });
    }
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`the menu opens and closes, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await here.within({ viewport: SCREEN, javaScriptEnabled }, '/partners?q=98101', async ({ page }) => {
      const button = page.getByRole('button', { name: 'Menu' });
      const place = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'FAQ' });
      assert.equal(await place.isVisible(), false);
      await button.focus();
      await page.keyboard.press('Enter');
      await place.waitFor();
      await page.screenshot({ path: `${screenshots}/phone-menu.png` });
      await page.keyboard.press('Tab');
      assert.equal(await page.locator(':focus').innerText(), 'Home', 'the menu comes next after its button');
      await page.keyboard.press('Escape');
      assert.equal(await place.isVisible(), false);
      assert.equal(await page.locator(':focus').innerText(), 'Menu');
      await button.click();
      await Promise.all([page.waitForURL(/\/es\/partners\?q=98101$/), page.getByRole('link', { name: 'Español' }).click()]);
    });
  });
}

test('where there is room, the menu is a line and has no button', async () => {
  await here.within({ viewport: { width: 1100, height: 700 } }, '/es/partners', async ({ page }) => {
    assert.equal(await page.getByRole('button', { name: 'Menú' }).count(), 0);
    const tops = await page.locator('header nav a').evaluateAll((all) => all.map((a) => Math.round(a.getBoundingClientRect().top)));
    assert.ok(Math.max(...tops) - Math.min(...tops) < 12, tops.join(' '));
  });
});
