// The HTML report in a browser: what it shows, what its address holds, and that nothing of an article runs.
// Run by `.ci/check-html`: report.mjs REPORT EMPTY-REPORT FOLDER-FOR-SCREENSHOTS
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { chromium } = (await import(pathToFileURL(process.env.PLAYWRIGHT_CORE))).default;
const [report, empty, screenshots] = process.argv.slice(2);
const address = pathToFileURL(report).href;
const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

const profile = await mkdtemp(join(tmpdir(), 'check-html-'));
const trouble = [];
const options = {
  executablePath: '/usr/bin/chromium',
  headless: true,
  viewport: desktop,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

const inBrowser = async (name, more, look) => {
  const browser = await chromium.launchPersistentContext(await mkdtemp(join(profile, 'p-')), { ...options, ...more });
  browser.on('request', (request) => {
    if (!/^(file|data|about):/.test(request.url())) trouble.push(`${name}: a request to ${request.url()}`);
  });
  browser.on('page', watch);
  browser.pages().forEach(watch);
  const page = browser.pages()[0] ?? await browser.newPage();
  try {
    await look(page);
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}: ${error.message}`);
    trouble.push(`${name}: ${error.stack}`);
  } finally {
    await browser.close();
  }

  function watch(it) {
    it.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(`${name}: console: ${message.text()}`);
    });
    it.on('pageerror', (error) => trouble.push(`${name}: ${error.message}`));
    it.on('dialog', (dialog) => { trouble.push(`${name}: a dialog: ${dialog.message()}`); dialog.dismiss(); });
  }
};

const shownArticles = (page) => page.locator('details.article:visible').count();
const status = (page) => page.locator('#shown').textContent();
const fragment = (page) => page.evaluate(() => location.hash);
const openAll = async (page) => {
  await page.click('#open-all');
  await page.waitForFunction(() => [...document.querySelectorAll('details.article:not([hidden])')]
    .every((it) => it.open && it.querySelector('.body')));
};
const cards = (page) => page.locator('.card:visible').count();

await inBrowser('nothing of an article runs, and all of it is shown', {}, async (page) => {
  await page.goto(address);
  await openAll(page);
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('main img, main svg[onload], main b, main [onclick], main [onerror]').count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  const text = await page.locator('main').innerText();
  for (const words of ['<script>alert(1)</script>', '<svg onload=alert(4)>', '\\u{1b}[31m', '<img src=x onerror=alert(9)>.md']) {
    assert.ok(text.includes(words), `the page does not show ${words}`);
  }
  const [all] = (await status(page)).match(/\d+/);
  assert.equal(await cards(page), Number(all));
});

await inBrowser('filters change what is shown and the address, and a reload shows the same', {}, async (page) => {
  await page.goto(address);
  await openAll(page);
  const [articles, all] = [await shownArticles(page), await cards(page)];
  assert.equal(articles, 3);
  await page.uncheck('input[value="warning"]');
  await page.uncheck('input[value="note"]');
  assert.equal(await fragment(page), '#severity=error');
  const errors = await cards(page);
  assert.ok(errors > 0 && errors < all);
  assert.equal(await page.locator('.card.warning:visible').count(), 0);
  assert.equal(await page.locator('mark.warning:not(.off)').count(), 0);
  const said = await status(page);
  await page.reload();
  assert.equal(await status(page), said);
  assert.equal(await page.isChecked('input[value="warning"]'), false);
  await openAll(page);
  assert.equal(await cards(page), errors);

  await page.click('button[type="reset"]');
  await page.waitForFunction(() => location.hash === '');
  assert.equal(await cards(page), all);
  assert.equal(await page.locator('mark.off, .number.off').count(), 0);
  await page.selectOption('select[name="rule"]', 'stray-image-caption');
  assert.equal(await fragment(page), '#rule=stray-image-caption');
  assert.ok(await cards(page) < all);
  assert.equal(await page.locator('.card:visible:not([data-rule="stray-image-caption"])').count(), 0);

  await page.selectOption('select[name="rule"]', '');
  await page.selectOption('select[name="folder"]', 'articles/more');
  assert.equal(await fragment(page), '#folder=articles/more');
  assert.equal(await shownArticles(page), 1);

  await page.click('button[type="reset"]');
  await page.fill('input[name="q"]', 'PROMOTING blood <');
  await page.waitForFunction(() => location.hash.startsWith('#q='));
  assert.equal(await shownArticles(page), 0);
  assert.ok(await page.isVisible('#none'));
  await page.fill('input[name="q"]', 'PROMOTING blood');
  await page.waitForFunction(() => location.hash === '#q=PROMOTING%20blood');
  const found = await cards(page);
  assert.ok(found > 0 && found < 10);
  await page.reload();
  assert.equal(await page.inputValue('input[name="q"]'), 'PROMOTING blood');
  await openAll(page);
  assert.equal(await cards(page), found);
});

await inBrowser('a row of a chart filters, and the order changes', {}, async (page) => {
  await page.goto(address);
  await page.click('[aria-labelledby="rules-title"] a >> nth=0');
  assert.match(await fragment(page), /^#rule=/);
  await page.click('button[type="reset"]');
  const paths = () => page.locator('details.article').evaluateAll((all) => all.map((it) => it.dataset.path));
  const worst = await paths();
  await page.selectOption('select[name="order"]', 'path');
  assert.deepEqual(await paths(), [...worst].sort());
  await page.selectOption('select[name="order"]', '');
  assert.deepEqual(await paths(), worst);
});

await inBrowser('a link leads to one article, and to one finding, with filters and without', {}, async (page) => {
  await page.goto(address);
  await openAll(page);
  const finding = page.locator('.card.error').last();
  const id = await finding.getAttribute('id');
  const article = id.split('.')[0];
  for (const [hash, target] of [[`#${article}`, article], [`#${id}`, id], [`#severity=error&at=${id}`, id], [`#severity=note&at=${id}`, id]]) {
    await page.goto('about:blank');
    await page.goto(address + hash);
    const there = page.locator(`[id="${target}"]`);
    await there.waitFor({ state: 'visible' });
    await page.waitForFunction((it) => {
      const box = document.getElementById(it).getBoundingClientRect();
      return box.top < innerHeight && box.bottom > 0;
    }, target);
    assert.equal(await page.locator('details.article[open]').count(), 1);
  }
  await page.goto('about:blank');
  await page.goto(`${address}#severity=error`);
  await openAll(page);
  await page.locator(`[id="${id}"] .about a`).last().click();
  assert.equal(await fragment(page), `#severity=error&at=${id}`);
  assert.equal(await page.evaluate(() => document.activeElement.id), id);
  // The number at the words and the one at the note lead to each other.
  await page.locator(`[id="${id}"] h4 a`).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), `${id}-m`);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), id);
});

await inBrowser('the keyboard reaches and works everything', {}, async (page) => {
  await page.goto(address);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  const reached = new Set();
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const it = document.activeElement;
      const style = getComputedStyle(it.closest('.check') ?? it);
      return { name: it.value && it.name === 'severity' ? it.value : it.name || it.id || it.parentElement.className, outline: style.outlineStyle };
    });
    reached.add(at.name);
    if (at.name !== '') assert.notEqual(at.outline, 'none', `${at.name} shows no focus`);
    if (at.name === 'warning') {
      await page.keyboard.press('Space');
      assert.match(await fragment(page), /severity=error,note/);
      await page.keyboard.press('Space');
    }
    if (at.name === 'article') break;
  }
  for (const name of ['theme', 'error', 'warning', 'note', 'rule', 'folder', 'q', 'order', 'open-all', 'close-all', 'article']) {
    assert.ok(reached.has(name), `the keyboard does not reach ${name}: ${[...reached]}`);
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector('details.article[open] .card');
});

await inBrowser('every control has a name, and headings skip no level', {}, async (page) => {
  await page.goto(address);
  await openAll(page);
  const faults = await page.evaluate(() => {
    const found = [];
    for (const it of document.querySelectorAll('input, select, button, a')) {
      if (!it.labels?.length && !it.textContent.trim() && !it.ariaLabel) found.push(it.outerHTML);
    }
    let before = 0;
    for (const it of document.querySelectorAll('h1, h2, h3, h4')) {
      const level = Number(it.tagName[1]);
      if (level > before + 1) found.push(`${it.outerHTML} follows a heading of level ${before}`);
      before = level;
    }
    for (const name of ['header', 'main', 'footer', 'form[role="search"]', '[role="status"]', 'h1', 'html[lang]']) {
      if (document.querySelectorAll(name).length !== 1) found.push(`not one ${name}`);
    }
    return found;
  });
  assert.deepEqual(faults, []);
});

for (const colorScheme of ['light', 'dark']) {
  await inBrowser(`text stands out from its ground: ${colorScheme}`, { colorScheme }, async (page) => {
    await page.goto(address);
    await openAll(page);
    assert.deepEqual(await page.evaluate(faint), []);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await ground();
    await page.click('#theme');
    if (colorScheme === 'light') await page.click('#theme');
    assert.notEqual(await ground(), before);
    await page.reload();
    assert.notEqual(await ground(), before, 'the choice of colours is not remembered');
  });
}

await inBrowser('without scripts everything can be read', { javaScriptEnabled: false }, async (page) => {
  await page.goto(address);
  assert.equal(await page.isVisible('#filter'), false);
  await page.locator('details.article > summary').first().click();
  assert.ok(await page.locator('details.article[open] .card').first().isVisible());
});

await inBrowser('a report on paper holds what is shown', {}, async (page) => {
  await page.goto(address);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.equal(await page.isVisible('#filter'), false);
  assert.ok(await page.locator('.card').last().isVisible());
  await page.pdf({ path: join(screenshots, 'print.pdf') });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await page.locator('details.article[open]').count(), 0);
});

await inBrowser('a report of nothing says so', {}, async (page) => {
  await page.goto(pathToFileURL(empty).href);
  assert.match(await page.locator('main').innerText(), /Nothing was found/);
});

for (const [name, more] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { colorScheme: 'light', viewport: phone }],
]) {
  await inBrowser(`fits its window: ${name}`, more, async (page) => {
    await page.goto(address);
    await page.screenshot({ path: join(screenshots, `${name}-summary.png`) });
    await page.locator('details.article > summary').nth(1).click();
    await page.waitForSelector('details.article[open] .card');
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(needed <= given, `${needed} pixels wide in a window of ${given}`);
    await page.locator('details.article[open]').scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(screenshots, `${name}-article.png`) });
    await page.screenshot({ path: join(screenshots, `${name}-all.png`), fullPage: true });
  });
}

await rm(profile, { recursive: true, force: true });
for (const it of trouble) console.error(it);
process.exitCode = trouble.length > 0 ? 1 : 0;

// Runs in the page: texts whose colour differs too little from what is behind them (WCAG AA).
function faint() {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = rgba(getComputedStyle(it).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.tagName === 'SCRIPT') continue;
    const [lighter, darker] = [rgba(getComputedStyle(element).color), behind(element)].map(luminance).sort((a, b) => b - a);
    const contrast = (lighter + 0.05) / (darker + 0.05);
    if (contrast < 4.5) found.add(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
  }
  return [...found];
}
