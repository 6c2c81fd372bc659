// Every page works with and without JavaScript, on a phone and on a desktop, and harms no visitor.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshots, site } from './harness.js';
import { PAGES } from './pages.js';

const here = site();

/** What is true of a page however it is opened. */
async function isWhole({ status = 200, answer }, { page, response, context, faults }) {
  assert.equal(response.status(), status);
  assert.equal(await page.locator('h1').count(), 1, 'one heading of the first level');
  assert.equal(await page.locator('html[lang]').count(), 1, 'the page says its language');
  assert.match(await page.title(), /\S.* · Regional Partner Program \(sample\)$/);
  if (answer) assert.equal(await page.locator(`.badge.is-${answer}`).count(), 1, `the answer is ${answer}`);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(faults, []);
}

/** What is too wide for a screen of 320 px. */
async function tooWide(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  return page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const inside = (e) => e.closest('.wide') === null || e.classList.contains('wide');
    const over = [...document.body.querySelectorAll('*')].filter((e) => inside(e) && e.getBoundingClientRect().right > limit + 1);
    return document.documentElement.scrollWidth > limit ? ['the page', ...over.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))] : [];
  });
}

for (const known of PAGES) {
  describe(`${known.name} (${known.path})`, () => {
    for (const width of [360, 1280]) {
      test(`is whole at ${width} px`, async () => {
        await here.within({ viewport: { width, height: 800 } }, known.path, async (opened) => {
          await opened.page.screenshot({ path: `${screenshots}/${known.name}-${width}.png`, fullPage: true });
          await isWhole(known, opened);
          if (width === 360) assert.deepEqual(await tooWide(opened.page), [], 'at 320 px');
        });
      });
    }

    test('is whole without JavaScript, also at 320 px', async () => {
      await here.within({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false }, known.path, async (opened) => {
        await isWhole(known, opened);
        assert.deepEqual(await tooWide(opened.page), [], 'at 320 px');
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
