// axe finds nothing on any page, in light, in dark and in forced colours.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findings } from './axe.js';
import { launch, screenshots, serve, visit } from './harness.js';
import { PAGES } from './pages.js';

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced-colors': { colorScheme: 'dark', forcedColors: 'active' },
};

let browser;
let service;
before(async () => {
  [service, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const { name, path } of PAGES) {
  describe(`${name} (${path})`, () => {
    for (const [look, options] of Object.entries(LOOKS)) {
      test(`is accessible in ${look}`, async () => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
        try {
          const { page } = await visit(context, service.url, path);
          if (look !== 'light') await page.screenshot({ path: `${screenshots}/${name}-${look}.png`, fullPage: true });
          assert.deepEqual(await findings(page), []);
        } finally {
          await context.close();
        }
      });
    }
  });
}
