// axe finds nothing on any page, in light, in dark and in forced colours, and on a phone.

import { test } from 'node:test';
import { accessible } from './axe.js';
import { site } from './harness.js';
import { PAGES } from './pages.js';

const here = site();

for (const { name, path } of PAGES) {
  test(`${name} (${path}) is accessible in every look`, async (t) => {
    await here.within({ reducedMotion: 'reduce' }, path, ({ page }) => accessible(t, page, name));
  });
}
