// The map that can be moved and asked: by mouse, touch, keys and wheel; suggestions; one's own location; back and forward.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenshots, site, visit } from './harness.js';

const here = site();

/** Opens a page in a fresh profile, gives it to a check, and sees that no visitor was harmed meanwhile. */
const within = (options, path, check) => here.within(options, path, async (visited) => {
  await check(visited);
  assert.deepEqual(visited.faults.filter((fault) => !options.faults?.test(fault)), []);
});

const zoomed = (page) => page.locator('svg.partner-map').evaluate((svg) => svg.viewBox.baseVal.width);
const whole = 1920;

/** Where on the screen a label of the map stands. */
async function middle(page, selector) {
  const { x, y, width, height } = await page.locator(selector).first().boundingBox();
  return [x + width / 2, y + height / 2];
}

test('a click asks about the place that is clicked, in insets too', async () => {
  const places = [
    // A place beside the name of the state, so that it is the ground that is clicked.
    ['a[href="/states/co"]', 40, /Colorado/],
    ['a[href="/states/pr"]', 12, /Puerto Rico/],
    ['a[href="/states/me"]', 18, /Maine/],
  ];
  for (const [label, beside, expected] of places) {
    await within({}, '/partners', async ({ page }) => {
      const [x, y] = await middle(page, `.map-labels ${label}`);
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(100);
      const [nowX, nowY] = await middle(page, `.map-labels ${label}`);
      await Promise.all([page.waitForURL(/[?&]q=-?\d+\.\d{3}%2C\+?/), page.mouse.click(nowX, nowY + beside)]);
      assert.match(await page.locator('h1').innerText(), expected);
    });
  }
});

test('a point on the map leads back to the place that was drawn there', async () => {
  await within({}, '/partners', async ({ page }) => {
    // Corners of states that lie on round coordinates: Four Corners, and the north-west corner of Wyoming.
    const frames = await page.locator('svg.partner-map').getAttribute('data-views');
    assert.equal(frames.split(';').length, 6, 'five insets and the sheet');
    assert.ok(frames.split(';').every((frame) => frame.split(' ').length === 11 && frame.split(' ').every((n) => Number.isFinite(Number(n)))));
  });
});

test('names of states stay links, and the keyboard follows links as ever', async () => {
  await within({}, '/partners', async ({ page }) => {
    await Promise.all([page.waitForURL(/\/states\/co$/), page.locator('.map-labels a[href="/states/co"]').click()]);
  });
  await within({}, '/partners', async ({ page }) => {
    await page.locator('.map-area').first().focus();
    await Promise.all([page.waitForURL(/\/partners\/[a-z]|\/states\//), page.keyboard.press('Enter')]);
  });
});

test('buttons, keys and a held modifier move the map; the wheel alone scrolls the page', async () => {
  await within({}, '/partners', async ({ page }) => {
    const svg = page.locator('svg.partner-map');
    await svg.scrollIntoViewIfNeeded();
    const [x, y] = await middle(page, 'svg.partner-map');
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -200);
    assert.equal(await zoomed(page), whole, 'the wheel alone is the page’s');
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    assert.ok((await zoomed(page)) < whole);
    await page.getByRole('button', { name: 'Show all of it' }).click();
    assert.equal(await zoomed(page), whole);

    await page.getByRole('button', { name: 'Zoom in' }).focus();
    await page.keyboard.press('Enter');
    const close = await zoomed(page);
    assert.ok(close < whole);
    const before = await svg.getAttribute('viewBox');
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await svg.getAttribute('viewBox'), before);
    await page.screenshot({ path: `${screenshots}/partners-close-1280.png` });
    await page.mouse.move(...(await middle(page, '.map-view')));
    await page.mouse.wheel(0, -200);
    await page.waitForTimeout(100);
    assert.ok((await zoomed(page)) < close, 'with the focus in it, the wheel is the map’s');
    await page.keyboard.press('0');
    assert.equal(await zoomed(page), whole);
  });
});

test('a drag moves a map that is close and asks nothing', async () => {
  await within({}, '/partners', async ({ page }) => {
    const svg = page.locator('svg.partner-map');
    await svg.scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const before = await svg.getAttribute('viewBox');
    const [x, y] = await middle(page, 'svg.partner-map');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 90, y - 40, { steps: 5 });
    await page.mouse.up();
    assert.notEqual(await svg.getAttribute('viewBox'), before);
    assert.match(page.url(), /\/partners$/);
  });
});

test('two fingers come closer', async () => {
  await within({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } }, '/partners', async ({ page, context }) => {
    await page.locator('svg.partner-map').scrollIntoViewIfNeeded();
    const [x, y] = await middle(page, 'svg.partner-map');
    const session = await context.newCDPSession(page);
    const touch = (type, distance) => session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: x - distance, y, id: 0 }, { x: x + distance, y, id: 1 }],
    });
    await touch('touchStart', 20);
    for (const distance of [30, 45, 60, 80]) await touch('touchMove', distance);
    await touch('touchEnd');
    assert.ok((await zoomed(page)) < whole / 1.5);
    await page.screenshot({ path: `${screenshots}/partners-pinched-360.png` });
  });
});

test('what is under the pointer or has the focus is told below the map', async () => {
  await within({}, '/partners', async ({ page }) => {
    const line = page.locator('.map-details');
    const usual = await line.innerText();
    const area = page.locator('.map-area').first();
    await area.focus();
    assert.equal(await line.innerText(), await area.getAttribute('aria-label'));
    await area.blur();
    assert.equal(await line.innerText(), usual);
  });
});

test('hovering tells it, too, and what is told changes with the ground', async () => {
  await within({}, '/partners', async ({ page }) => {
    const line = page.locator('.map-details');
    await page.locator('svg.partner-map').scrollIntoViewIfNeeded();
    const told = new Set();
    for (const state of ['co', 'ar', 'wy']) {
      const [x, y] = await middle(page, `.map-labels a[href="/states/${state}"]`);
      await page.mouse.move(x, y + 25);
      const area = await page.evaluate(([left, top]) => document.elementFromPoint(left, top).closest('a').getAttribute('aria-label'), [x, y + 25]);
      assert.equal(await line.innerText(), area);
      told.add(area);
    }
    assert.equal(told.size, 3);
    assert.match([...told].join(' '), /Arkansas: open, no partner yet/);
  });
});

test('the keyboard has a way past the links of the map', async () => {
  await within({}, '/partners', async ({ page }) => {
    const skip = page.getByRole('link', { name: 'Skip the map' });
    await skip.focus();
    assert.ok((await skip.boundingBox()).width > 60, 'it is seen when it has the focus');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const past = await page.evaluate(() => !document.activeElement.closest('svg') && Boolean(document.querySelector('svg.partner-map').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
    assert.ok(past, await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100)));
  });
});

test('a course and a day draw the map anew, and the page says which they are', async () => {
  await within({}, '/partners', async ({ page }) => {
    const ground = () => page.locator('.map-area path').evaluateAll((all) => all.map((path) => path.getAttribute('d')).join());
    const any = await ground();
    await page.locator('details.filters summary').click();
    await page.locator('select[name=course]').selectOption('csa');
    await Promise.all([page.waitForURL(/\/partners\?course=csa$/), page.getByRole('button', { name: 'Check' }).click()]);
    const course = await ground();
    assert.notEqual(course, any);
    assert.match(await page.locator('.lede').innerText(), /partners in .* for AP CS A, as of 21 November 2026/);
    assert.equal(await page.locator('link[rel=canonical]').getAttribute('href'), '/partners');
    await page.locator('input[name=as_of]').fill('2027-07-01');
    await Promise.all([page.waitForURL(/\?course=csa&as_of=2027-07-01$/), page.getByRole('button', { name: 'Check' }).click()]);
    assert.notEqual(await ground(), course);
    assert.match(await page.locator('.lede').innerText(), /as of 1 July 2027/);
  });
});

test('an address holds no field that says nothing', async () => {
  await within({}, '/partners', async ({ page }) => {
    await page.locator('input[name=q]').fill('98101');
    await Promise.all([page.waitForURL((url) => url.search === '?q=98101'), page.keyboard.press('Enter')]);
  });
});

test('nothing moves by itself', async () => {
  await within({ reducedMotion: 'reduce' }, '/partners', async ({ page }) => {
    const moving = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('*')].filter((e) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
      return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
    }).map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, []);
  });
});

test('names are suggested while typing, and taken by keyboard alone', async () => {
  await within({}, '/partners', async ({ page }) => {
    const field = page.getByRole('combobox', { name: /region/i });
    await field.focus();
    await page.keyboard.type('bois');
    const list = page.getByRole('listbox');
    await list.waitFor();
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    await page.screenshot({ path: `${screenshots}/partners-suggestions-1280.png` });
    await page.keyboard.press('ArrowDown');
    const chosen = list.getByRole('option', { selected: true });
    assert.equal(await chosen.getAttribute('id'), await field.getAttribute('aria-activedescendant'));
    assert.match(await chosen.innerText(), /Boise/);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    assert.equal(await field.inputValue(), 'bois', 'Escape leaves what was typed');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForURL(/[?&]q=Boise/), page.keyboard.press('Enter')]);
    assert.match(await page.locator('h1').innerText(), /Boise/);
  });
});

test('the field works when suggestions fail', async () => {
  await within({ faults: /suggest|ERR_FAILED/ }, '/partners', async ({ page }) => {
    await page.route('**/api/v1/suggest**', (route) => route.abort());
    await page.getByRole('combobox', { name: /region/i }).fill('98101');
    await page.waitForTimeout(300);
    await Promise.all([page.waitForURL(/q=98101/), page.keyboard.press('Enter')]);
  });
});

const SEATTLE = { latitude: 47.606234, longitude: -122.332145 };

test('one’s own location is asked on a press only, rounded, and stands in no address', async () => {
  await within({ geolocation: SEATTLE, permissions: ['geolocation'] }, '/partners', async ({ page }) => {
    const posted = [];
    page.on('request', (request) => request.method() === 'POST' && posted.push(request));
    assert.equal(posted.length, 0);
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.getByRole('heading', { level: 1, name: /King County/ }).waitFor();
    assert.deepEqual(posted.map((request) => request.postData()), ['lat=47.606&lon=-122.332']);
    assert.equal(page.url(), `${here.url}/partners`);
    assert.match(await page.title(), /King County/);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    await page.screenshot({ path: `${screenshots}/partners-located-1280.png`, fullPage: true });

    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Where we have partners' }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: /King County/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Where we have partners' }).waitFor();
  });
});

test('a location that is denied, or cannot be sent, is told apart in words', async () => {
  await within({}, '/partners', async ({ page }) => {
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.getByText(/browser may not say/).waitFor();
    await page.screenshot({ path: `${screenshots}/partners-denied-1280.png` });
  });
  const granted = { geolocation: SEATTLE, permissions: ['geolocation'], faults: /partners|ERR_|503/ };
  await within(granted, '/partners', async ({ page }) => {
    let tries = 0;
    await page.route('**/partners', (route) => {
      tries += 1;
      return tries === 1 ? route.abort() : route.fulfill({ status: 503, body: 'no' });
    });
    for (let press = 0; press < 2; press += 1) {
      await page.getByRole('button', { name: 'Use my location' }).click();
      await page.getByText(/could not be reached/).waitFor();
    }
    assert.equal(tries, 2);
  });
});

for (const [code, what] of [[2, 'cannot be found'], [3, 'takes too long']]) {
  test(`a location that ${what} is said in words, and nothing is sent`, async () => {
    const context = await here.browser.newContext();
    await context.addInitScript((number) => {
      navigator.geolocation.getCurrentPosition = (found, failed) => setTimeout(() => failed({ code: number }), 20);
    }, code);
    const { page, faults } = await visit(context, here.url, '/partners');
    const sent = [];
    page.on('request', (request) => !request.url().endsWith('/icon.svg') && sent.push(request.url()));
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.getByText(/could not find out where you are. Type the school’s ZIP/).waitFor();
    assert.deepEqual([sent, faults], [[], []]);
    assert.equal(await page.getByRole('button', { name: 'Use my location' }).getAttribute('aria-disabled'), 'false', 'one can try again');
    await context.close();
  });
}

test('while the answer to a location is on its way, it says so', async () => {
  await within({ geolocation: SEATTLE, permissions: ['geolocation'] }, '/partners', async ({ page }) => {
    await page.route('**/partners', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return route.continue();
    });
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.getByText(/Finding out/).waitFor();
    await page.getByRole('heading', { level: 1, name: /King County/ }).waitFor();
  });
});

test('a browser without geolocation shows no button for it', async () => {
  const context = await here.browser.newContext();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'geolocation', { value: undefined }));
  const { page } = await visit(context, here.url, '/partners');
  assert.equal(await page.getByRole('button', { name: 'Use my location' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Check' }).count(), 1);
  await context.close();
});

test('without JavaScript nothing is shown that would need it', async () => {
  await within({ javaScriptEnabled: false }, '/partners?course=csa&as_of=2027-07-01', async ({ page }) => {
    assert.deepEqual(await page.getByRole('button').allInnerTexts(), ['Check']);
    assert.equal(await page.locator('.map-details').isVisible(), false);
    assert.equal(await page.locator('select[name=course]').inputValue(), 'csa');
    assert.equal(await page.locator('input[name=as_of]').inputValue(), '2027-07-01');
  });
});

test('a deep link restores course, date, partner and question; back brings the part of the map back', async () => {
  await within({}, '/partners?course=csd&as_of=2027-07-01&partner=puget-sound-cs-hub', async ({ page }) => {
    assert.equal(await page.locator('select[name=course]').inputValue(), 'csd');
    assert.equal(await page.locator('input[name=as_of]').inputValue(), '2027-07-01');
    assert.equal(await page.locator('.map-focus').count(), 1, 'the partner’s areas stand out');
    await page.screenshot({ path: `${screenshots}/partners-partner-1280.png` });
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForTimeout(400);
    const close = await zoomed(page);
    await page.getByRole('link', { name: 'FAQ' }).click();
    await page.waitForURL(/\/faq/);
    await page.goBack();
    await page.waitForURL(/partner=puget/);
    await page.waitForFunction((width) => Math.abs(document.querySelector('svg.partner-map').viewBox.baseVal.width - width) < 1, close);
  });
});

test('every target of the map’s tools is large enough', async () => {
  await within({ viewport: { width: 320, height: 640 } }, '/partners', async ({ page }) => {
    await page.getByRole('button', { name: 'Zoom in' }).click();
    for (const button of await page.locator('.map-tools button').all()) {
      const { width, height } = await button.boundingBox();
      assert.ok(width >= 24 && height >= 24, `${await button.getAttribute('aria-label')}: ${width} by ${height}`);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await page.screenshot({ path: `${screenshots}/partners-tools-320.png`, fullPage: true });
  });
});
