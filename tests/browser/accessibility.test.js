// axe finds nothing on any page, in light, in dark and in forced colours.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { launch, screenshots, serve, visit } from './harness.js';
import { PAGES } from './pages.js';

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced-colors': { colorScheme: 'dark', forcedColors: 'active' },
};
const RULES = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } };

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

/** What axe objects to: the rule, and the first elements that break it. */
async function findings(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    broken: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`),
    more: Math.max(0, nodes.length - 3),
  }));
}
