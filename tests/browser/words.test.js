// What a state of things is called, the same everywhere, and never the same as another.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { site } from './harness.js';

const here = site();

const STATES = [
  '/partners?q=98101', '/partners?q=California', '/partners?q=Delaware', '/partners?q=Little+Rock%2C+AR', '/partners?q=51.5%2C-0.12',
  '/partners?q=11111', '/partners?q=Springfield', '/partners?q=%ff', '/partners?course=nonsense',
];

for (const language of ['', '/es']) {
  test(`no two states of an answer share their words, their sign or their next step, ${language || '/en'}`, async () => {
    const seen = { badge: new Map(), sign: new Map(), step: new Map() };
    for (const path of STATES) {
      await here.within({}, language + path, async ({ page }) => {
        const of = async (selector) => ((await page.locator(selector).count()) ? page.locator(selector).first() : null);
        const badge = await of('main .badge');
        const notice = badge ?? (await of('main .notice'));
        const step = (await of('main .step')) ?? (await of('#choices'));
        const said = {
          badge: badge ? await badge.innerText() : await page.locator('h1').innerText(),
          sign: await notice.locator('svg.sign').first().innerHTML(),
          step: step ? await step.innerText() : null,
        };
        for (const [what, text] of Object.entries(said)) {
          // Both ways in which a request fails are failures.
          const own = path.includes('%ff') || path.includes('nonsense') ? 'failure' : path;
          if (text === null || (what === 'sign' && own === 'failure' && seen.sign.get(text) === 'failure')) continue;
          assert.ok(!seen[what].has(text) || seen[what].get(text) === own, `${path} and ${seen[what].get(text)} share their ${what}: ${text}`);
          seen[what].set(text, own);
        }
      });
    }
    assert.ok(seen.sign.size >= 8 && seen.badge.size >= 8, `${seen.sign.size} signs, ${seen.badge.size} words`);
  });
}

test('a state with an application for a part of it says so in the list, in its answer and on the map', async () => {
  await here.within({}, '/partners', async ({ page }) => {
    const entry = page.locator('dl.states > div', { has: page.locator('a[href="/states/mt"]') });
    assert.match(await entry.innerText(), /No partner yet; an application is under review for a part/);
    await page.goto(`${here.url}/states/mt`);
    assert.match(await page.locator('.notes').innerText(), /An application is under review for a part of it: .*Montana/);
    assert.match(await page.locator('.legend').innerText(), /Application under review/);
    assert.ok((await page.locator('.parts .is-pending').count()) > 1);
  });
});

describe('what a question may mean can be told apart and opened', () => {
  test('choices say their county and who serves them, the larger first', async () => {
    await here.within({}, '/partners?q=Springfield', async ({ page }) => {
      assert.equal(await page.getByRole('heading', { level: 2, name: 'Choose the one you mean' }).count(), 1);
      assert.equal(await page.locator('main a.button').count(), 0, 'the heading is no button');
      const lines = await page.locator('.offers > li').allInnerTexts();
      assert.deepEqual(lines.slice(0, 4).map((line) => line.split('\n')[0]), ['Springfield, Missouri', 'Springfield, Massachusetts', 'Springfield, Illinois', 'Springfield, Oregon']);
      assert.match(lines[0], /Greene County[\s\S]*Missouri CS Partnership/);
      assert.ok(lines.every((line) => line.split('\n').length >= 2), 'each has its status or its partner');
    });
  });

  test('every other thing of a name is one press away', async () => {
    for (const javaScriptEnabled of [true, false]) {
      await here.within({ javaScriptEnabled }, '/partners?q=Washington', async ({ page }) => {
        const more = page.locator('details.also-named');
        const count = Number((await more.locator('summary').innerText()).match(/\((\d+)\)/)[1]);
        assert.ok(count > 50, `${count}`);
        await more.locator('summary').click();
        assert.equal(await more.getByRole('link').count(), count);
        await Promise.all([page.waitForURL(/q=/), more.getByRole('link', { name: 'Washington County, Oregon' }).click()]);
        assert.match(await page.locator('h1').innerText(), /Washington County, Oregon/);
      });
    }
  });

  test('all parts of a state are there to be seen, counted by status', async () => {
    await here.within({}, '/states/wa', async ({ page }) => {
      assert.equal(await page.locator('.parts tbody tr').count(), 39);
      const clipped = await page.locator('.parts table').evaluate((table) => {
        for (let e = table.parentElement; e; e = e.parentElement) if (getComputedStyle(e).overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1 && e !== document.documentElement) return e.className;
        return null;
      });
      assert.equal(clipped, null, 'nothing scrolls within the page');
      const tally = await page.locator('.tally').innerText();
      const counts = [...tally.matchAll(/: (\d+)/g)].map(([, n]) => Number(n));
      assert.equal(counts.reduce((a, b) => a + b), 39, tally);
    });
  });
});

test('distances are said in miles and in kilometres', async () => {
  await here.within({}, '/partners?q=Little+Rock%2C+AR', async ({ page }) => {
    assert.match(await page.locator('.near').innerText(), /\d+ miles \(\d+ km\) /);
  });
});
