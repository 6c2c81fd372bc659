// Every page works with and without JavaScript, on a phone and on a desktop, and harms no visitor.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshots, site } from './harness.js';
import { PAGES } from './pages.js';

const WIDTHS = [360, 1280];

const here = site();

for (const { name, path, status = 200, answer } of PAGES) {
  describe(`${name} (${path})`, () => {
    for (const width of WIDTHS) {
      for (const javaScriptEnabled of [true, false]) {
        test(`is whole at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
          await here.within({ viewport: { width, height: 800 }, javaScriptEnabled }, path, async ({ page, response, context, faults }) => {
            if (javaScriptEnabled) await page.screenshot({ path: `${screenshots}/${name}-${width}.png`, fullPage: true });
            assert.equal(response.status(), status);
            assert.equal(await page.locator('h1').count(), 1, 'one heading of the first level');
            assert.equal(await page.locator('html[lang]').count(), 1, 'the page says its language');
            assert.match(await page.title(), /\S.* · Regional Partner Program \(sample\)$/);
            if (answer) assert.equal(await page.locator(`.badge.is-${answer}`).count(), 1, `the answer is ${answer}`);
            assert.deepEqual(await context.cookies(), []);
            assert.deepEqual(faults, []);
          });
        });
      }
    }

    test('does not scroll sideways at 320 px', async () => {
      await here.within({ viewport: { width: 320, height: 640 } }, path, async ({ page }) => {
        const wide = await page.evaluate(() => {
          const limit = document.documentElement.clientWidth;
          const inside = (e) => e.closest('.wide') === null || e.classList.contains('wide');
          const over = [...document.body.querySelectorAll('*')].filter((e) => inside(e) && e.getBoundingClientRect().right > limit + 1);
          return document.documentElement.scrollWidth > limit ? over.slice(0, 5).map((e) => e.outerHTML.slice(0, 120)) : [];
        });
        assert.deepEqual(wide, []);
      });
    });
  });
}

test('no two pages have the same title, but for the same answer', async () => {
  const titles = new Map();
  for (const { path } of PAGES.filter((page) => !['zip', 'answer-empty', 'failure-no-such-zip', 'embed-picture', 'apply-before', 'apply-after'].includes(page.name) && !page.name.startsWith('partners-'))) {
    await here.within({}, path, async ({ page }) => {
      // What is not translated has its title in both languages.
      const title = `${path.startsWith('/es') ? 'es' : 'en'}: ${await page.title()}`;
      assert.ok(!titles.has(title), `${path} and ${titles.get(title)} are both called ${title}`);
      titles.set(title, path);
    });
  }
});

test('what was asked stays in the search field', async () => {
  await here.within({}, '/partners?q=Do%C3%B1a+Ana+%26+%22more%22', async ({ page }) => {
    assert.equal(await page.locator('input[name=q]').first().inputValue(), 'Doña Ana & "more"');
  });
});
