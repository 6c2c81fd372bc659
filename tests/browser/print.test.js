// Pages on paper: how many sheets, what is on the first, what is left out, and addresses that can be typed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshots, serveAt, site } from './harness.js';

const here = site(serveAt);

/** A sheet of paper (Letter, A4) without its margins of 1 cm, in pixels. */
const SHEETS = { Letter: { width: 740, height: 980 }, A4: { width: 718, height: 1046 } };
/** Pages that take one sheet, states with the longest lists of counties and of partners among them. */
const PAGES = [
  '/partners', '/es/partners', '/partners?course=csa', '/states/tx', '/es/states/tx', '/states/ga', '/states/va', '/states/ca',
  '/states/mn', '/partners?q=98101', '/partners?q=Little+Rock%2C+AR', '/partners?q=Delaware', '/partners?q=11111', '/states/wa',
  '/states/id', '/states/de', '/es/states/or', '/counties/53033', '/partners/puget-sound-cs-hub', '/embed/map', '/embed/map?state=WA',
  '/embed/map?theme=dark',
];

for (const path of PAGES) {
  test(`${path} is one sheet with its map`, async () => {
    await here.within({}, path, async ({ page }) => {
      for (const [format, size] of Object.entries(SHEETS)) {
        const pdf = await page.pdf({ format, preferCSSPageSize: false, margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' } });
        const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
        assert.equal(sheets, 1, `sheets of ${format}`);
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize(size);
        const map = page.locator('svg.partner-map').first();
        if (await map.count()) {
          const { y, height, width } = await map.boundingBox();
          assert.ok(y >= 0 && y + height <= size.height, `on ${format} the map ends at ${y + height}`);
          assert.ok(width > 280, `on ${format} the map is ${width} wide`);
        }
      }
      await page.screenshot({ path: `${screenshots}/print${path.replace(/\W+/g, '-')}.png`, fullPage: true });
    });
  });
}

describe('what can be pressed is written out', () => {
  const printed = (path, check) => here.within({}, path, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    await check(page, await page.locator('main').innerText());
  });

  test('where to apply, whole', () => printed('/partners?q=Little+Rock%2C+AR', async (page, text) => {
    assert.ok(text.includes(`${here.url}/apply?region=county:05119`), text);
  }));

  test('the website and the mail of a partner, once each', () => printed('/partners?q=98101', async (page) => {
    const card = await page.locator('.cards').innerText();
    for (const address of ['https://example.org/puget-sound-cs-hub', 'puget-sound-cs-hub@example.org']) {
      assert.equal(card.split(address).length, 2, card);
    }
    assert.ok(!/\bWebsite\b/.test(await page.locator('main').innerText()));
  }));

  test('the same on a partner’s own page', () => printed('/partners/puget-sound-cs-hub', async (page, text) => {
    assert.ok(text.includes('https://example.org/puget-sound-cs-hub'), text);
  }));

  test('on a screen it is not shown twice', () => here.within({}, '/partners?q=98101', async ({ page }) => {
    assert.ok(!(await page.locator('main').innerText()).includes('https://example.org/puget-sound-cs-hub'));
  }));
});

test('nothing of a page that needs a screen is printed', async () => {
  for (const path of ['/partners', '/partners?q=98101', '/embed/map', '/es/embed/map?state=WA']) {
    await here.within({}, path, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      for (const role of ['button', 'searchbox', 'combobox', 'navigation']) {
        for (const each of await page.getByRole(role, { includeHidden: true }).all()) assert.equal(await each.isVisible(), false, `${role} on ${path}`);
      }
    });
  }
});

test('nothing is printed in letters under 7 points', async () => {
  for (const path of ['/partners', '/states/tx', '/states/de', '/partners?q=98101', '/counties/53033']) {
    await here.within({}, path, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      const small = await page.evaluate(() => [...document.querySelectorAll('main *')]
        .filter((e) => !e.closest('svg') && e.checkVisibility() && [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((e) => parseFloat(getComputedStyle(e).fontSize) < (7 * 96) / 72 - 0.01)
        .map((e) => `${e.outerHTML.slice(0, 80)} ${getComputedStyle(e).fontSize}`));
      assert.deepEqual(small, [], path);
    });
  }
});

test('the counties of a state are listed once, under who serves them', async () => {
  await here.within({}, '/states/tx', async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    const text = await page.locator('.parts').innerText();
    assert.equal(text.match(/Harris County/g).length, 1);
    const groups = [...text.matchAll(/ \((\d+)\): /g)].map(([, count]) => Number(count));
    assert.equal(groups.reduce((a, b) => a + b), 254, text);
  });
});

test('all parts are printed, folded or not', async () => {
  await here.within({}, '/states/wa', async ({ page }) => {
    await page.locator('.parts summary').click();
    assert.equal(await page.getByRole('row', { name: /Yakima/ }).isVisible(), false);
    const read = async () => (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.equal(await read(), 1);
    await page.emulateMedia({ media: 'print' });
    assert.ok((await page.locator('.parts').innerText()).includes('Yakima County'));
  });
});

test('paper is light where the screen is dark', async () => {
  const looks = (page) => page.evaluate(() => {
    const of = (selector) => getComputedStyle(document.querySelector(selector));
    return [of('body').backgroundColor, of('h1, .coverage-map').color, of('.map-area').fill, of('.legend').color].join(' ');
  });
  for (const path of ['/partners', '/states/wa', '/embed/map', '/embed/map?theme=dark']) {
    const [light, dark] = await Promise.all(['light', 'dark'].map((colorScheme) => here.within({ colorScheme }, path.replace('?theme=dark', ''), async ({ page }) => {
      if (path.endsWith('theme=dark') && colorScheme === 'dark') await page.goto(here.url + path);
      await page.emulateMedia({ media: 'print', colorScheme });
      return looks(page);
    })));
    assert.equal(dark, light, path);
  }
});
