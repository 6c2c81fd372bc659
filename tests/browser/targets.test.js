// What can be pressed is large enough or far enough from its neighbours (WCAG 2.2, 2.5.8), and nothing scrolls sideways within.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { site } from './harness.js';

const here = site();

const PATHS = [
  '/', '/partners', '/partners?course=csa', '/partners?q=98101', '/partners?q=California', '/partners?q=Springfield', '/partners?q=Washington',
  '/partners?q=11111', '/states/wa', '/partners/puget-sound-cs-hub', '/zips', '/zips/981', '/apply?region=state:AR', '/embed', '/embed/map',
  '/es/embed/map?state=WA', '/nowhere',
];

/** Targets that are under 24 by 24 pixels, are no words in a sentence, and whose circle of 24 pixels meets another target. */
const small = () => {
  const LEAST = 24;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 1.5;
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [role=option]')].filter(shown);
  // Where a name stands on a map, and how large its ground is, is what the map says (2.5.8, "essential"); lists have the same links.
  const targets = all.filter((e) => !e.closest('svg'));
  const boxes = targets.map((e) => e.getBoundingClientRect());
  const inSentence = (e) => {
    const line = e.closest('p, li, dd, td, figcaption');
    const own = line && [...line.childNodes].some((node) => node.nodeType === 3 && /\w{2}/.test(node.textContent));
    return getComputedStyle(e).display === 'inline' && Boolean(own);
  };
  return targets.filter((e, i) => {
    const { x, y, width, height } = boxes[i];
    if ((width >= LEAST - 0.01 && height >= LEAST - 0.01) || inSentence(e)) return false;
    const [cx, cy] = [x + width / 2, y + height / 2];
    return boxes.some((other, j) => {
      if (i === j || targets[j].contains(e)) return false;
      const isSmall = other.width < LEAST || other.height < LEAST;
      if (isSmall && Math.hypot(other.x + other.width / 2 - cx, other.y + other.height / 2 - cy) < LEAST) return true;
      const dx = Math.max(other.left - cx, 0, cx - other.right);
      const dy = Math.max(other.top - cy, 0, cy - other.bottom);
      return Math.hypot(dx, dy) < LEAST / 2;
    });
  }).map((e) => `${e.outerHTML.slice(0, 110)} ${Math.round(e.getBoundingClientRect().width)}×${Math.round(e.getBoundingClientRect().height)}`);
};

for (const width of [360, 1280]) {
  describe(`every target is large enough at ${width} px`, () => {
    for (const path of PATHS) {
      test(path, async () => {
        await here.within({ viewport: { width, height: 800 } }, path, async ({ page }) => {
          assert.deepEqual(await page.evaluate(small), []);
        });
      });
    }
  });
}

test('what the map links to is linked in full size beside it', async () => {
  for (const path of ['/partners', '/states/wa', '/partners?q=98101']) {
    await here.within({ viewport: { width: 360, height: 740 } }, path, async ({ page }) => {
      const lacking = await page.evaluate(() => {
        const path = (a) => new URL(a.getAttribute('href'), document.baseURI).pathname;
        const beside = [...document.querySelectorAll('main a[href]')].filter((a) => !a.closest('svg') && a.getBoundingClientRect().height >= 24);
        const there = new Set(beside.map(path));
        // A county or state around what was asked about is one press on the list of all states away.
        return [...document.querySelectorAll('svg .map-area, svg .map-partner-label')].map(path).filter((to) => !there.has(to) && to.startsWith('/partners/'));
      });
      assert.deepEqual(lacking, [], path);
    });
  }
});

describe('nothing scrolls sideways at 320 px, nor within', () => {
  for (const path of PATHS) {
    test(path, async () => {
      await here.within({ viewport: { width: 320, height: 640 } }, path, async ({ page }) => {
        const wide = await page.evaluate(() => [...document.querySelectorAll('*')]
          .filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && !e.closest('svg, .map-skip, .skip, .hint, details:not([open])') && !e.matches('input, select, option'))
          .map((e) => `${e.outerHTML.slice(0, 100)} ${e.scrollWidth} > ${e.clientWidth}`));
        assert.deepEqual(wide, []);
      });
    });
  }
});
