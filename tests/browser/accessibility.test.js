// axe finds nothing on any page, in light, in dark and in forced colours, and on a phone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings } from './axe.js';
import { screenshots, site } from './harness.js';
import { PAGES } from './pages.js';

const PHONE = { 'light on a phone': { colorScheme: 'light', viewport: { width: 360, height: 740 } } };
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced-colors': { colorScheme: 'dark', forcedColors: 'active' },
};

const here = site();

// Other words in the same page are as wide on a phone.
const isLikeAnother = (name) => /^(apply|es)-/.test(name);

for (const { name, path } of PAGES) {
  describe(`${name} (${path})`, () => {
    for (const [look, options] of Object.entries({ ...LOOKS, ...(isLikeAnother(name) ? {} : PHONE) })) {
      test(`is accessible in ${look}`, async () => {
        await here.within(options, path, async ({ page }) => {
          if (!look.startsWith('light')) await page.screenshot({ path: `${screenshots}/${name}-${look}.png`, fullPage: true });
          assert.deepEqual(await findings(page), []);
        });
      });
    }
  });
}
