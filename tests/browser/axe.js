import assert from 'node:assert/strict';
import axe from 'axe-core';
import { screenshots } from './harness.js';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What a visitor's own settings make of a page that is open; a phone's page is pictured elsewhere. */
const LOOKS = [
  { look: 'light', media: { colorScheme: 'light' } },
  { look: 'dark', media: { colorScheme: 'dark' }, pictured: true },
  { look: 'forced-colors', media: { colorScheme: 'dark', forcedColors: 'active' }, pictured: true },
  { look: 'light on a phone', media: { colorScheme: 'light' }, viewport: { width: 360, height: 740 } },
];

/** Judges a page in all looks after one another, without loading it again, and leaves pictures of it under a name. */
export async function accessible(t, page, name) {
  const before = page.viewportSize();
  for (const { look, media, viewport = before, pictured } of LOOKS) {
    await t.test(look, async () => {
      await page.emulateMedia({ forcedColors: 'none', ...media });
      await page.setViewportSize(viewport);
      if (pictured) await page.screenshot({ path: `${screenshots}/${name}-${look}.png`, fullPage: true });
      assert.deepEqual(await findings(page), []);
    });
  }
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  await page.setViewportSize(before);
}

/** What axe objects to in a page, beyond the standard also where it is bad practice: the rule, and the first elements that break it. */
export function findings(page) {
  return broken(page, null, [...STANDARD, 'best-practice']);
}

/** The same for what stands in a page or frame of somebody else, whose headings and landmarks are theirs: by the standard alone. */
export function findingsWithin(page, part = null) {
  return broken(page, part, STANDARD);
}

async function broken(page, part, values) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(axe.source);
  // Target sizes are measured in targets.test.js: axe takes the ground of a map for a button.
  const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] };
  const { violations } = await page.evaluate(([rules, where]) => globalThis.axe.run(where ?? document, rules), [options, part]);
  return violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    broken: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`),
    more: Math.max(0, nodes.length - 3),
  }));
}
