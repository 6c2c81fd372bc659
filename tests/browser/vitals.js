// Measures how soon pages show, and whether anything moves, on a slow phone: 1.6 Mbit/s, 150 ms, a CPU four times slower.
//
//   node tests/browser/vitals.js [RUNS]
//
// It prints medians, and ends with 1 where a page shows later than after 1.5 s or anything moves. No test runs it: what it measures
// depends on the machine. Use a release build (COVERAGE_MAP_BIN).

import { launch, serve } from './harness.js';

const PATHS = ['/partners', '/', '/partners?q=98101', '/states/wa', '/embed/map'];
/** Largest Contentful Paint at most, in ms. */
const SOON = 1500;
const RUNS = Number(process.argv[2] ?? 5);
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Largest Contentful Paint (ms), layout shift, and bytes over the wire of one visit with an empty cache. */
async function measured(browser, url) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(1500);
  const paint = await page.evaluate(() => new Promise((resolve) => {
    const seen = { largest: 0, shift: 0 };
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.largest = entry.startTime; })
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.shift += entry.value; })
      .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(seen), 300);
  }));
  await context.close();
  return { ...paint, bytes };
}

const [service, browser] = await Promise.all([serve(), launch()]);
try {
  for (const path of PATHS) {
    await measured(browser, service.url + path);
    const visits = [];
    for (let run = 0; run < RUNS; run += 1) visits.push(await measured(browser, service.url + path));
    const of = (name) => median(visits.map((visit) => visit[name]));
    const isGood = of('largest') > 0 && of('largest') <= SOON && visits.every((visit) => visit.shift === 0);
    if (!isGood) process.exitCode = 1;
    console.log(`${path.padEnd(20)} LCP ${String(Math.round(of('largest'))).padStart(5)} ms   shift ${of('shift').toFixed(3)}   ${(of('bytes') / 1000).toFixed(1)} kB${isGood ? '' : '   TOO SLOW OR MOVING'}`);
  }
} finally {
  await browser.close();
  await service.stop();
}
