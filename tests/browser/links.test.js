// No link of the site is dead: every address answers, every anchor exists, every id is used once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site, visit } from './harness.js';
import { PAGES } from './pages.js';

/** How many links to pages of one kind are followed: counties are alike, and there are thousands. */
const OF_A_KIND = 60;

const here = site();

test('every link of every page leads somewhere', async () => {
  const context = await here.browser.newContext();
  const wanted = new Map();
  for (const { path } of PAGES) {
    const { page, response } = await visit(context, here.url, path);
    // What does not exist does not exist in the other language either.
    const links = response.ok() ? 'a[href], area[href]' : 'a[href]:not([hreflang])';
    const found = await page.evaluate((links) => ({
      links: [...document.querySelectorAll(links)].map((a) => a.getAttribute('href')),
      ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
    }), links);
    const twice = found.ids.filter((id, i) => found.ids.indexOf(id) !== i);
    assert.deepEqual(twice, [], `ids used twice on ${path}`);
    for (const link of found.links) {
      if (link.startsWith('#')) assert.ok(found.ids.includes(link.slice(1)), `no anchor ${link} on ${path}`);
      else note(link, path, wanted);
    }
    await page.close();
  }
  const dead = [];
  for (const [target, from] of sample(wanted)) {
    const [path, anchor] = target.split('#');
    const response = await context.request.get(here.url + path);
    const text = await response.text();
    if (!response.ok()) dead.push(`${response.status()} ${target}, linked from ${from}`);
    else if (anchor && !text.includes(`id="${anchor}"`)) dead.push(`no anchor ${target}, linked from ${from}`);
  }
  assert.deepEqual(dead, []);
  await context.close();
});

test('the four places of the navigation are linked from every page', async () => {
  const context = await here.browser.newContext();
  for (const { path } of PAGES) {
    const { page } = await visit(context, here.url, path);
    const places = await page.locator('header nav:first-of-type a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    const query = new URL(path, here.url).search;
    const bare = places.map((place) => place.split('?')[0].replace(/^\/es(\/|$)/, '/'));
    assert.deepEqual(bare, ['/', '/terms', '/partners', '/faq'], `${path} ${query}`);
    await page.close();
  }
  await context.close();
});

/** Remembers a link within the site, and checks the form of the others. */
function note(link, path, wanted) {
  if (/^mailto:/.test(link)) return assert.match(link, /^mailto:[^@\s]+@[^@\s]+$/, `on ${path}`);
  if (/^https?:/.test(link)) return undefined;
  assert.ok(/^[/#?]/.test(link), `${link} on ${path} is neither an address of this site nor of another`);
  const target = new URL(link, `http://site${path}`);
  const address = target.pathname + target.search + target.hash;
  if (!wanted.has(address)) wanted.set(address, path);
  return undefined;
}

/** The links, of each kind of page no more than OF_A_KIND. */
function* sample(wanted) {
  const seen = new Map();
  for (const entry of wanted) {
    const kind = entry[0].split(/[/?#]/)[1];
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    if (count <= OF_A_KIND) yield entry;
  }
}
