// From the first page to the form, and from the first page to the partner's contact: by keyboard, on a phone and on a desktop, in
// each language, with and without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site, visit } from './harness.js';

const here = site();

const LANGUAGES = [
  { prefix: '', form: /^https:\/\/example\.org\/apply\?region=state%3AAR/ },
  { prefix: '/es', form: /^https:\/\/example\.org\/apply\?region=state%3AAR/ },
];

for (const { prefix, form } of LANGUAGES) {
  for (const width of [360, 1280]) {
    for (const javaScriptEnabled of [true, false]) {
      const where = `${prefix || '/'} at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`;

      test(`overview, map, terms, apply for an open region: ${where}`, async () => {
        const context = await here.browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
        const { page } = await visit(context, here.url, prefix || '/');
        await follow(page, `${prefix}/terms`, new RegExp(`${prefix}/terms$`));
        await page.goBack();
        await ask(page, 'Arkansas');
        await page.locator('.badge.is-open').waitFor();
        await follow(page, `${prefix}/apply?region=state:AR`, /\/apply\?region=state:AR/);
        await page.locator('.badge.is-open').waitFor();
        const button = page.locator('main a.button').first();
        assert.match(await button.getAttribute('href'), form);
        await context.close();
      });

      test(`overview, map, the partner's contact for a covered region: ${where}`, async () => {
        const context = await here.browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
        const { page } = await visit(context, here.url, prefix || '/');
        await ask(page, '98101');
        await page.locator('.badge.is-covered').waitFor();
        await follow(page, `${prefix}/partners/puget-sound-cs-hub`, /\/partners\/puget-sound-cs-hub$/);
        assert.match(await page.locator('main').innerText(), /@example\.org/);
        await context.close();
      });
    }
  }
}

test('the summary is one sheet of paper in each language', async () => {
  const context = await here.browser.newContext();
  const margin = { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' };
  for (const path of ['/summary', '/es/summary']) {
    for (const format of ['Letter', 'A4']) {
      const { page } = await visit(context, here.url, path);
      const sheets = (await page.pdf({ format, margin })).toString('latin1').match(/\/Type\s*\/Page\b/g);
      assert.equal(sheets.length, 1, `${path} on ${format}`);
      await page.close();
    }
  }
  await context.close();
});

/** Types a question into the search of a page, by keyboard alone. */
async function ask(page, question) {
  await tabTo(page, ({ name }) => name === 'q');
  await page.keyboard.type(question);
  await Promise.all([page.waitForURL(/\/partners\?.*q=/), page.keyboard.press('Enter')]);
}

/** Goes to a link by keyboard and follows it. */
async function follow(page, start, arrived) {
  await tabTo(page, ({ href }) => href?.startsWith(start));
  await Promise.all([page.waitForURL(arrived), page.keyboard.press('Enter')]);
}

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, isWanted) {
  const passed = [];
  for (let press = 0; press < 150; press += 1) {
    await page.keyboard.press('Tab');
    const target = page.locator(':focus');
    if ((await target.count()) === 0) continue;
    const here = { name: await target.getAttribute('name'), href: await target.getAttribute('href') };
    if (isWanted(here)) return;
    passed.push(here.href ?? here.name);
  }
  assert.fail(`no Tab leads there: ${passed.join(' | ')}`);
}
