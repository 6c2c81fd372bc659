// From a click on the map to the right county: in every state and territory, insets included.
//
// The way to the map is written anew here, from degrees (Snyder, USGS Professional Paper 1395, equations 14-1 to 14-6 and 3-12),
// and the counties are those that the ZIP table says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { site } from './harness.js';

const here = site();

const RADIUS = 6378137;
const ECCENTRICITY = Math.sqrt(0.0066943799901413165);
const ZIPS = new URL('../../regions/us-2023/zips.csv', import.meta.url);

/** Where a frame draws a place, on the sheet. */
function drawn([, , , , meridian, n, c, rho0, scale, shiftX, shiftY], { lat, lon }) {
  const sin = Math.sin((lat * Math.PI) / 180);
  const e = ECCENTRICITY;
  const q = (1 - e * e) * (sin / (1 - (e * sin) ** 2) - Math.log((1 - e * sin) / (1 + e * sin)) / (2 * e));
  const rho = (RADIUS * Math.sqrt(c - n * q)) / n;
  const theta = n * ((((lon - meridian + 540) % 360) - 180) * (Math.PI / 180));
  return { x: scale * rho * Math.sin(theta) + shiftX, y: shiftY - scale * (rho0 - rho * Math.cos(theta)) };
}

/** Of each state, the ZIPs that are farthest from those of other counties, the best first. */
function known() {
  const states = new Map();
  for (const line of readFileSync(ZIPS, 'utf8').split('\n').slice(1)) {
    const [zip, state, county, , lat, lon, kind] = line.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [];
    if (kind !== 'area' || !county) continue;
    if (!states.has(state)) states.set(state, []);
    states.get(state).push({ zip, state, county, lat: Number(lat), lon: Number(lon) });
  }
  const apart = (a, b) => Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180));
  return [...states].map(([state, zips]) => {
    const foreign = [...states.values()].flat();
    const room = (zip) => foreign.reduce((least, other) => (other.county === zip.county ? least : Math.min(least, apart(zip, other))), 9);
    const few = zips.filter((_, i) => i % Math.ceil(zips.length / 40) === 0);
    return { state, zips: few.map((zip) => ({ ...zip, room: room(zip) })).sort((a, b) => b.room - a.room).slice(0, 20) };
  });
}

test('a click on the place of a ZIP asks about its county, in every state and territory', async () => {
  await here.within({ viewport: { width: 1600, height: 1200 } }, '/partners', async ({ page, context }) => {
    const svg = page.locator('svg.partner-map');
    const frames = (await svg.getAttribute('data-views')).split(';').map((frame) => frame.split(' ').map(Number));
    await svg.scrollIntoViewIfNeeded();
    // What is asked is noted, and not followed.
    await page.evaluate(() => document.querySelector('form.search').addEventListener('submit', (event) => {
      event.preventDefault();
      globalThis.asked = event.target.elements.q.value;
    }));
    const wrong = [];
    let right = 0;
    for (const { state, zips } of known()) {
      const tried = [];
      for (const zip of zips) {
        const at = (await isDeepWithin(context.request, zip)) && (await spot(svg, frames, zip));
        if (!at) continue;
        await page.evaluate(() => { globalThis.asked = null; });
        await page.mouse.click(at.x, at.y);
        const [lat, lon] = ((await page.evaluate(() => globalThis.asked)) ?? '').split(', ');
        tried.push(`${zip.zip} in ${zip.county} is asked as ${lat}, ${lon}`);
        if (lat && (await isIn(context.request, zip.county, Number(lat), Number(lon)))) tried.push('right');
        break;
      }
      if (tried.at(-1) === 'right') right += 1;
      else wrong.push(`${state}: ${tried.join('; ') || 'no ZIP of it can be clicked'}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(right >= 55, `${right} states`);
  });
});

/** Whether the service says that a place is in a county. */
async function isIn(request, county, lat, lon) {
  const asked = async (query) => (await (await request.get(`${here.url}/api/v1/coverage?${query}`)).json()).query?.understood_as ?? '';
  return (await asked(`lat=${lat}&lon=${lon}`)).endsWith(`, in ${await asked(`county=${county}`)}`);
}

/** Whether what lies around a ZIP, some pixels away, is in the same county: the table's places are not always. */
async function isDeepWithin(request, { state, county, lat, lon }) {
  // Small islands are drawn larger.
  const away = ['AS', 'GU', 'MP', 'VI'].includes(state) ? 0.006 : 0.03;
  const around = [[0, 0], [away, 0], [-away, 0], [0, away], [0, -away]];
  const answers = await Promise.all(around.map(([north, east]) => isIn(request, county, lat + north, lon + east)));
  return answers.every(Boolean);
}

/** Where on the screen a ZIP is drawn on ground that can be asked; null where a name lies over it or no frame shows it. */
async function spot(svg, frames, zip) {
  const inside = ([left, top, width, height], { x, y }) => x > left && x < left + width && y > top && y < top + height;
  for (const frame of frames) {
    const point = drawn(frame, zip);
    if (!Number.isFinite(point.x) || !inside(frame, point)) continue;
    const at = await svg.evaluate((map, { x, y }) => {
      const spot = new DOMPoint(x, y).matrixTransform(map.getScreenCTM());
      const hit = document.elementFromPoint(spot.x, spot.y);
      return hit?.closest('.map-area') ? { x: spot.x, y: spot.y } : null;
    }, point);
    if (at) return at;
  }
  return null;
}
