// Opens a page in a fresh Chromium and times keys: from the key's own time stamp to the frame that shows what it did.
import { chromium } from '@playwright/test';
import { findChromium } from '../install.mjs';

/** A slow line and a slow computer: 10 Mbit/s, 40 ms for each request, a quarter of the speed. */
export const slow = { mbit: 10, rtt: 40, cpu: 4 };

/** Runs in the page before all else. */
function watch() {
  const bench = { ready: 0, fcp: 0, longest: 0, armed: undefined };
  window.__bench = bench;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) bench.longest = Math.max(bench.longest, entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  const painted = new MessageChannel();
  const after = [];
  painted.port1.onmessage = () => {
    const at = performance.now();
    for (const tell of after.splice(0)) tell(at);
  };
  const text = () => window.__terminal?.text() ?? document.body?.textContent ?? '';
  const look = () => {
    const armed = bench.armed;
    if (!armed?.at || armed.seen) return;
    const now = text();
    if (armed.pattern ? !new RegExp(armed.pattern, 'm').test(now) : now === armed.before) return;
    armed.seen = true;
    after.push((at) => {
      armed.painted = at;
    });
  };
  const frame = () => {
    look();
    if (bench.ready === 0 && (window.__terminal?.ready || document.activeElement?.id === 'p'))
      after.push((at) => {
        bench.ready ||= at;
      });
    painted.port2.postMessage(0); // arrives when this frame has been painted
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  bench.arm = (key, pattern) => {
    bench.armed = { key, pattern, before: text(), at: 0, seen: false, painted: 0 };
  };
  addEventListener(
    'keydown',
    (event) => {
      const armed = bench.armed;
      if (armed && !armed.at && (armed.key === 'Enter') === (event.key === 'Enter')) armed.at = event.timeStamp;
    },
    true,
  );
}

/** A page that is loading: types into it and times that. */
export async function openPage(url, link) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-extensions'],
  });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  if (link) {
    const bytes = (link.mbit * 1e6) / 8;
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: link.rtt,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: link.cpu });
  }
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.__bench.ready > 0, null, { polling: 20 });

  const answered = async () => {
    await page.waitForFunction(() => window.__bench.armed.painted > 0, null, { polling: 5 });
    return page.evaluate(() => ({ took: window.__bench.armed.painted - window.__bench.armed.at, at: window.__bench.armed.painted }));
  };
  return {
    page,
    promptMs: () => page.evaluate(() => window.__bench.ready),
    longestTask: () => page.evaluate(() => window.__bench.longest),
    /** Milliseconds from the last letter's key to its paint, and from Enter to the paint of the pattern. */
    async command(line, pattern) {
      await page.keyboard.type(line.slice(0, -1));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.evaluate(() => window.__bench.arm('letter'));
      await page.keyboard.type(line.slice(-1));
      const letter = await answered();
      return { echo: letter.took, ...(await this.enter(pattern)) };
    },
    /** Types at once, without waiting for anything: the first command of a page. */
    async firstCommand(line, pattern) {
      await page.keyboard.type(line);
      return this.enter(pattern);
    },
    async enter(pattern) {
      await page.evaluate((p) => window.__bench.arm('Enter', p), pattern);
      await page.keyboard.press('Enter');
      const result = await answered();
      return { result: result.took, at: result.at };
    },
    close: () => browser.close(),
  };
}
