import axe from 'axe-core';

const RULES = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } };

/** What axe objects to: the rule, and the first elements that break it. */
export async function findings(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    broken: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`),
    more: Math.max(0, nodes.length - 3),
  }));
}
