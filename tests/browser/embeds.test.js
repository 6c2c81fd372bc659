// The map in somebody else's page, which has a strict policy, a hostile stylesheet and an origin of its own.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { findingsWithin } from './axe.js';
import { screenshots, serveAt, site } from './harness.js';

const HOSTILE = `
  * { font-family: cursive; letter-spacing: 2px; text-transform: uppercase; }
  svg { width: 40px; height: 40px; } path { fill: red; stroke: lime; stroke-width: 9px; } text { font-size: 60px; }
  a { color: red; display: block; } ul { list-style: square; } button, input { display: none; } section { float: left; width: 90px; }
`;

const here = site(serveAt);
let host;
before(async () => {
  host = await hosting();
});
after(() => host?.stop());

/** A site on a port of its own: each of its pages has a policy, a hostile stylesheet and what is put into it. */
async function hosting() {
  const pages = new Map();
  const server = createServer((request, response) => {
    if (request.url === '/hostile.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(HOSTILE);
    const page = pages.get(request.url);
    if (!page) return response.writeHead(404).end();
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': page.policy }).end(
      `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/hostile.css"><link rel="icon" href="data:,"><main><h1>Host</h1>${page.body}</main></html>`,
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const put = (path, body, policy) => {
    pages.set(path, { body, policy: `default-src 'none'; style-src 'self' ${policy.style ?? ''}; img-src data: ${policy.img ?? ''}; ${policy.more ?? ''}` });
    return url + path;
  };
  return { url, put, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Opens a page of the host and notes what goes wrong on it. */
async function opened(url, options = {}) {
  const context = await here.browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
  await page.goto(url);
  return { context, page, faults };
}

const element = (attributes = '') =>
  `<script src="${here.url}/embed.js" async></script><partner-map ${attributes}><a href="${here.url}/partners">Partner map</a></partner-map>`;
const policyOfElement = () => ({ more: `script-src ${here.url}; connect-src ${here.url}; form-action ${here.url}` });

describe('<partner-map>', () => {
  for (const theme of ['light', 'dark']) {
    test(`is whole and its own under a hostile stylesheet and a strict policy, ${theme}`, async () => {
      const url = host.put(`/element-${theme}`, element(`theme="${theme}"`), policyOfElement());
      const { context, page, faults } = await opened(url, { colorScheme: 'dark' });
      await page.locator('partner-map svg.partner-map').waitFor();
      const box = await page.locator('partner-map svg.partner-map').boundingBox();
      assert.ok(box.width > 600 && box.height > 300, JSON.stringify(box));
      const looks = await page.locator('partner-map .map-area path').first().evaluate((path) => getComputedStyle(path).fill);
      assert.notEqual(looks, 'rgb(255, 0, 0)');
      const legend = await page.locator('partner-map .legend li').first().evaluate((li) => getComputedStyle(li).textTransform);
      assert.equal(legend, 'none');
      await page.screenshot({ path: `${screenshots}/embed-element-${theme}.png`, fullPage: true });
      assert.deepEqual(faults, []);
      assert.deepEqual(await context.cookies(), []);
      await context.close();
    });
  }

  test('answers a ZIP without sending it, and leads to the page of the answer', async () => {
    const { context, page } = await opened(host.put('/element-zip', element(), policyOfElement()));
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.locator('partner-map').getByRole('searchbox').fill('98101');
    await page.locator('partner-map').getByRole('button', { name: 'Check' }).click();
    const answer = page.locator('partner-map .map-answer');
    await answer.getByText(/Puget Sound CS Hub/).waitFor();
    assert.ok(asked.every((address) => !address.includes('98101')), asked.join(' '));
    await Promise.all([page.waitForURL(/\/zips\/98101|q=98101/), answer.getByRole('link').last().click()]);
    await context.close();
  });

  test('asks anything else on the service’s own page, a click too', async () => {
    const { context, page } = await opened(host.put('/element-ask', element(), policyOfElement()));
    await page.locator('partner-map').getByRole('searchbox').fill('Boise, ID');
    await Promise.all([page.waitForURL(/\/partners\?.*q=Boise/), page.keyboard.press('Enter')]);
    await page.goBack();
    const label = page.locator('partner-map .map-labels a[href$="/states/co"]');
    await label.waitFor();
    const { x, y, width, height } = await label.boundingBox();
    await Promise.all([page.waitForURL(/\/partners\?.*q=\d/), page.mouse.click(x + width / 2, y + height + 12)]);
    assert.match(await page.locator('h1').innerText(), /Colorado/);
    await context.close();
  });

  test('follows its attributes', async () => {
    const { context, page } = await opened(host.put('/element-state', element('state="WA" lang="es" height="300"'), policyOfElement()));
    await page.locator('partner-map svg.partner-map title').first().waitFor({ state: 'attached' });
    assert.match(await page.locator('partner-map svg.partner-map > title').textContent(), /Washington/);
    assert.ok((await page.locator('partner-map svg.partner-map').boundingBox()).height <= 300);
    await page.locator('partner-map').evaluate((map) => map.setAttribute('state', 'OR'));
    await page.waitForFunction(() => /Oregon/.test(document.querySelector('partner-map').shadowRoot.querySelector('svg > title')?.textContent ?? ''));
    await context.close();
  });

  test('has a way past its links that stays in the page', async () => {
    const url = host.put('/element-skip', element(), policyOfElement());
    const { context, page } = await opened(url);
    await page.getByRole('link', { name: 'Skip the map' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(page.url(), url);
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'legend');
    await context.close();
  });

  test('shows the link in it where the map does not come, and without JavaScript', async () => {
    const url = host.put('/element-fallback', element(), policyOfElement());
    for (const options of [{ javaScriptEnabled: false }, {}]) {
      const context = await here.browser.newContext(options);
      const page = await context.newPage();
      await page.route('**/fragment/map**', (route) => route.abort());
      await page.goto(url);
      await page.waitForTimeout(300);
      assert.ok(await page.getByRole('link', { name: 'Partner map' }).isVisible());
      await context.close();
    }
  });
});

describe('frame', () => {
  const frame = (script = true) =>
    `<iframe src="${here.url}/embed/map" title="Partner map" width="100%" height="400"></iframe>${script ? `<script src="${here.url}/embed.js" async></script>` : ''}`;
  const policy = () => ({ more: `frame-src ${here.url}; script-src ${here.url}` });

  test('becomes as high as it is, and its links open in the whole window', async () => {
    const { context, page, faults } = await opened(host.put('/frame', frame(), policy()));
    await page.waitForFunction(() => Number(document.querySelector('iframe').height) > 500);
    await page.screenshot({ path: `${screenshots}/embed-frame.png`, fullPage: true });
    assert.deepEqual(faults, []);
    const inner = page.frameLocator('iframe');
    await Promise.all([page.waitForURL(/\/states\/co$/), inner.locator('.map-labels a[href="/states/co"]').click()]);
    await context.close();
  });

  test('has a way past its links that stays in the frame', async () => {
    const url = host.put('/frame-skip', frame(false), policy());
    const { context, page } = await opened(url);
    const inner = page.frameLocator('iframe');
    await inner.getByRole('link', { name: 'Skip the map' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(page.url(), url);
    assert.equal(await inner.locator('svg :focus').count(), 0);
    await context.close();
  });

  test('says its height anew when that changes, and to nobody but the page around', async () => {
    const { context, page } = await opened(host.put('/frame-told', frame(false), policy()), { bypassCSP: true });
    const heights = () => page.evaluate(() => globalThis.told ?? []);
    await page.evaluate(() => {
      globalThis.told = [];
      addEventListener('message', ({ data }) => globalThis.told.push(data['coverage-map-height']));
      document.querySelector('iframe').src += '?';
    });
    await page.waitForFunction(() => globalThis.told.length > 0);
    const [first] = await heights();
    const inner = await page.frameLocator('iframe').locator('body').evaluate((body) => body.getBoundingClientRect().height);
    assert.ok(Math.abs(first - inner) <= 1, `${first} is told, ${inner} is true`);
    await page.setViewportSize({ width: 400, height: 700 });
    await page.waitForFunction((before) => globalThis.told.at(-1) !== before, first);
    await context.close();
  });

  test('is of use in a box that is too small, by CSS alone', async () => {
    const { context, page } = await opened(host.put('/frame-small', frame(false), policy()), { javaScriptEnabled: false });
    const inner = page.frameLocator('iframe');
    assert.ok((await inner.locator('svg.partner-map').boundingBox()).width > 300);
    const last = inner.getByRole('link').last();
    await last.scrollIntoViewIfNeeded();
    assert.ok(await last.isVisible());
    await context.close();
  });

  test('scrolls within itself where no script tells its height', async () => {
    const { context, page } = await opened(host.put('/frame-plain', frame(false), policy()), { javaScriptEnabled: false });
    const inner = page.frameLocator('iframe');
    await inner.getByRole('searchbox').fill('98101');
    await Promise.all([page.waitForURL(/q=98101/), inner.getByRole('button', { name: 'Check' }).click()]);
    await context.close();
  });
});

describe('fragment', () => {
  test('two of them stand in a page without a clash, linked to the service', async () => {
    const fragments = await Promise.all(['?search=yes', '?state=WA'].map(async (query) => (await fetch(`${here.url}/fragment/map${query}`)).text()));
    const url = host.put('/fragment', fragments.join(''), { style: here.url, more: `form-action ${here.url}` });
    const { context, page, faults } = await opened(url);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map((each) => each.id));
    assert.equal(new Set(ids).size, ids.length);
    const looks = await page.locator('.map-area path').first().evaluate((path) => getComputedStyle(path).fill);
    assert.notEqual(looks, 'rgb(255, 0, 0)', 'the service’s style holds against the host’s');
    await page.screenshot({ path: `${screenshots}/embed-fragment.png`, fullPage: true });
    assert.deepEqual(faults, []);
    const link = await page.locator('.map-labels a').first().getAttribute('href');
    assert.ok(link.startsWith(`${here.url}/states/`), link);
    await context.close();
  });

  test('is whole without any style of the service', async () => {
    const fragment = await (await fetch(`${here.url}/fragment/map?style=none`)).text();
    const { context, page, faults } = await opened(host.put('/fragment-bare', fragment, {}));
    assert.ok(await page.getByRole('link', { name: /Colorado/ }).first().count());
    assert.deepEqual(faults, []);
    await context.close();
  });
});

describe('every embed is accessible', () => {
  const looks = { light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' }, 'forced-colors': { forcedColors: 'active' } };
  for (const [look, options] of Object.entries(looks)) {
    for (const width of [320, 360, 412, 1000]) {
      test(`in ${look} at ${width} px`, async () => {
        const viewport = { width, height: 740 };
        for (const path of ['/embed/map', '/embed/map?theme=dark', '/es/embed/map?state=WA']) {
          const { context, page } = await opened(here.url + path, { ...options, viewport });
          await page.screenshot({ path: `${screenshots}/embed-map-${look}-${width}.png`, fullPage: true });
          assert.deepEqual(await findingsWithin(page), [], path);
          await context.close();
        }
        // In somebody else's page: the element with its shadow tree, and the fragment. The page itself is not ours to judge.
        const fragment = await (await fetch(`${here.url}/fragment/map?search=yes`)).text();
        const parts = {
          'partner-map': [element(), policyOfElement()],
          '.coverage-map': [fragment, { style: here.url, more: `form-action ${here.url}` }],
        };
        for (const [part, [body, policy]] of Object.entries(parts)) {
          const { context, page } = await opened(host.put(`/axe-${part}-${look}-${width}`, body, policy), { ...options, viewport, bypassCSP: true });
          await page.locator(`${part} svg.partner-map`).waitFor();
          const found = await findingsWithin(page, part);
          assert.deepEqual(found, [], part);
          await context.close();
        }
      });
    }
  }
});

test('oEmbed is found from a map page and leads to a frame that shows', async () => {
  const { context, page } = await opened(`${here.url}/states/wa`);
  const discovery = await page.locator('link[type="application/json+oembed"]').getAttribute('href');
  const answer = await (await fetch(new URL(discovery, here.url))).json();
  const src = answer.html.match(/src="([^"]+)"/)[1].replaceAll('&amp;', '&');
  const response = await page.goto(src);
  assert.equal(response.status(), 200);
  assert.match(await page.title(), /Washington/);
  await context.close();
});
