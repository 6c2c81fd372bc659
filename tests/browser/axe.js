import axe from 'axe-core';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe objects to in a page, beyond the standard also where it is bad practice: the rule, and the first elements that break it. */
export function findings(page) {
  return broken(page, null, [...STANDARD, 'best-practice']);
}

/** The same for what stands in a page or frame of somebody else, whose headings and landmarks are theirs: by the standard alone. */
export function findingsWithin(page, part = null) {
  return broken(page, part, STANDARD);
}

async function broken(page, part, values) {
  await page.evaluate(axe.source);
  // Target sizes are measured in targets.test.js: axe takes the ground of a map for a button.
  const options = { runOnly: { type: 'tag', values } };
  const { violations } = await page.evaluate(([rules, where]) => globalThis.axe.run(where ?? document, rules), [options, part]);
  return violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    broken: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`),
    more: Math.max(0, nodes.length - 3),
  }));
}
