// Pages on paper: how many sheets, what is on the first, what is left out, and addresses that can be typed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshots, serveAt, site } from './harness.js';

const here = site(serveAt);

/** A sheet of paper (Letter, A4) without its margins of 1 cm, in pixels. */
const SHEETS = { Letter: { width: 740, height: 980 }, A4: { width: 718, height: 1046 } };
/** Pages and how many sheets they may take: a list takes what it needs, everything else is one sheet. */
const PAGES = [
  ['/partners', 2], ['/es/partners', 2], ['/partners?q=98101', 1], ['/partners?q=Little+Rock%2C+AR', 1], ['/partners?q=Delaware', 1],
  ['/partners?q=11111', 1], ['/states/wa', 1], ['/states/id', 1], ['/states/de', 1], ['/es/states/or', 1], ['/counties/53033', 1],
  ['/partners/puget-sound-cs-hub', 1], ['/embed/map', 1], ['/embed/map?state=WA', 1], ['/embed/map?theme=dark', 1],
];

for (const [path, most] of PAGES) {
  test(`${path} takes ${most} ${most === 1 ? 'sheet' : 'sheets'}, the map on the first`, async () => {
    await here.within({}, path, async ({ page }) => {
      for (const [format, size] of Object.entries(SHEETS)) {
        const pdf = await page.pdf({ format, preferCSSPageSize: false, margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' } });
        const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
        assert.ok(sheets <= most, `${sheets} sheets of ${format}`);
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

  test('the website and the mail of a partner, once each', () => printed('/partners?q=98101', async (page, text) => {
    assert.ok(text.includes('https://example.org/puget-sound-cs-hub') && text.includes('puget-sound-cs-hub@example.org'), text);
    assert.ok(!/\bWebsite\b/.test(text), text);
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
