// Plays content/ through the page: joining, walking, coming back after a reload and after kill -9 of the server.

import { mkdirSync } from 'node:fs';
import { check, emptyFolder, eventually, expect, finish, startBrowser, startServer } from './harness.mjs';
import { contrastProblems, namelessThings, smallTargets } from './reading.mjs';

const desktop = { width: 1100, height: 800 };
const phone = { width: 390, height: 780 };
const troubles = [];

const textOf = (page, selector) => page.locator(selector).innerText();
const logged = (page, words) => async () => (await textOf(page, '#log')).includes(words);
const timesLogged = async (page, words) => (await textOf(page, '#log')).split(words).length - 1;
const connected = (page) => async () => (await textOf(page, '#status')) === 'Connected';

// Error lines of the console: a refused script, a failed request, an exception.
function listenForTrouble(page) {
  page.on('pageerror', (problem) => troubles.push(problem.message));
  page.on('console', (message) => {
    const expected = /WebSocket connection|ERR_CONNECTION_REFUSED/.test(message.text());
    if (message.type() === 'error' && !expected) troubles.push(message.text());
  });
}

async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: desktop, ...options });
  const page = await context.newPage();
  listenForTrouble(page);
  await page.goto(url);
  return page;
}

async function say(page, words) {
  await page.fill('#line', words);
  await page.press('#line', 'Enter');
}

async function joining(page) {
  await check('Enter alone joins as a guest and shows the first place', async () => {
    await page.press('#name', 'Enter');
    await eventually(connected(page), 'the status line never said Connected');
    await eventually(async () => (await textOf(page, '#place')).length > 2, 'no place was named');
    const place = await textOf(page, '#place');
    await eventually(async () => (await page.locator('#log h2').allInnerTexts()).some((title) => title.includes(place)),
      'the first place is no heading of the log');
  });
  await check('a typed line is answered, and appears once', async () => {
    const before = await page.locator('#log h2').count();
    await say(page, 'look');
    await eventually(async () => (await page.locator('#log h2').count()) === before + 1, 'look showed no place');
    expect(await page.locator('#log .own').count() === 1, 'the typed line stands in the log more or less than once');
  });
  await check('the arrow keys bring earlier lines back, and the draft', async () => {
    await page.fill('#line', 'unfinished');
    await page.press('#line', 'ArrowUp');
    expect(await page.inputValue('#line') === 'look', 'arrow up did not bring "look" back');
    await page.press('#line', 'ArrowDown');
    expect(await page.inputValue('#line') === 'unfinished', 'arrow down lost the draft');
    await page.fill('#line', '');
  });
  await check('a command that the text names can be pressed', async () => {
    const before = await page.locator('#log .own').count();
    await page.locator('#log .s-command').first().click();
    await eventually(async () => (await page.locator('#log .own').count()) === before + 1, 'nothing was done');
  });
  await check('the prompt has no sign of a terminal', async () => {
    await eventually(async () => /\d/.test(await textOf(page, '#prompt')), 'there is no prompt');
    expect(!(await textOf(page, '#prompt')).includes('>'), `the prompt is "${await textOf(page, '#prompt')}"`);
  });
  await check('markup that somebody types stays text', async () => {
    await say(page, 'say <img src=x onerror=document.title="broken">');
    await eventually(logged(page, '<img src=x'), 'the words did not come back');
    expect(await page.locator('#log img').count() === 0, 'typed markup became an element');
  });
}

async function walking(page) {
  await check('a direction button leads to another place', async () => {
    const from = await textOf(page, '#place');
    const way = page.locator('#ways button').first();
    expect(await way.count() === 1, 'there is no direction button');
    await way.click();
    await eventually(async () => (await textOf(page, '#place')) !== from, 'the place did not change');
  });
  await check('health is shown and has words for who cannot see it', async () => {
    await eventually(async () => /^Health \d+ of \d+$/.test(await page.getAttribute('#health', 'aria-label')),
      'the meter says nothing');
  });
}

async function reloading(page) {
  await check('a reload keeps the character, the place and the text', async () => {
    const title = await page.title();
    const place = await textOf(page, '#place');
    const places = await page.locator('#log h2').count();
    await page.reload();
    await eventually(connected(page), 'the page did not connect again');
    expect(await page.title() === title, `"${title}" became "${await page.title()}"`);
    await say(page, 'look');
    await eventually(async () => (await textOf(page, '#place')) === place, 'the place is another one');
    await eventually(async () => (await page.locator('#log h2').count()) > places, 'look showed no place');
    expect(await page.locator('#log h2').count() <= places + 2, 'earlier text was shown twice');
  });
}

async function surviving(page, kiln, data, server) {
  await check('kill -9 of the server: the page says so, comes back, and does what was typed meanwhile exactly once', async () => {
    const title = await page.title();
    server.child.kill('SIGKILL');
    await server.ended;
    await eventually(async () => /lost/i.test(await textOf(page, '#status')), 'the loss was not announced');
    await say(page, 'say still here');
    const next = await startServer(kiln, data, server.port);
    await eventually(connected(page), 'the page did not come back by itself', 30000);
    expect(await page.title() === title, 'somebody else came back');
    await eventually(async () => (await timesLogged(page, 'still here')) >= 2, 'what was typed meanwhile was not done');
    await say(page, 'say and now');
    await eventually(async () => (await timesLogged(page, 'and now')) === 2, 'the next line was not answered once');
    expect(await timesLogged(page, 'still here') === 2, 'what was typed meanwhile was done more than once');
    Object.assign(server, next);
  });
}

async function reading(page) {
  for (const colorScheme of ['light', 'dark']) {
    await check(`every colour of text can be read (${colorScheme})`, async () => {
      await page.emulateMedia({ colorScheme });
      const problems = await page.evaluate(contrastProblems);
      expect(problems.length === 0, problems.join('\n'));
    });
  }
  await check('everything that can be used has a name', async () => {
    const nameless = await page.evaluate(namelessThings);
    expect(nameless.length === 0, nameless.join('\n'));
    expect(await page.locator('[role=log][aria-live=polite]').count() === 1, 'there is no live log');
    expect(await page.locator('h1').count() === 1, 'there is not exactly one h1');
  });
  await check('the page works with a keyboard alone: the first stop leads to the command line', async () => {
    expect(await page.evaluate(() => document.querySelector('a, button, input').className) === 'skip', 'the skip link is not first');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('look');
    expect(await page.inputValue('#line') === 'look', 'the skip link did not lead to the command line');
    await page.fill('#line', '');
  });
}

async function others(browser, url) {
  await check('a chosen name is kept, and the others see it', async () => {
    const page = await openPage(browser, url);
    await page.fill('#name', 'Ondine');
    await page.press('#name', 'Enter');
    await eventually(connected(page), 'no connection');
    expect((await page.title()).startsWith('Ondine'), `the title is "${await page.title()}"`);
    await page.context().close();
  });
  await check('a name that cannot be had is refused with a sentence, and another one works', async () => {
    const page = await openPage(browser, url);
    await page.fill('#name', '1');
    await page.press('#name', 'Enter');
    await eventually(async () => (await textOf(page, '#start-problem')).length > 5, 'no sentence says why');
    await page.fill('#name', 'Perrin');
    await page.press('#name', 'Enter');
    await eventually(connected(page), 'no connection');
    await page.context().close();
  });
}

async function onPhone(browser, url) {
  await check('on a phone nothing sticks out and everything can be hit', async () => {
    const page = await openPage(browser, url, { viewport: phone, hasTouch: true, isMobile: true });
    await page.locator('#start button[type=submit]').tap();
    await eventually(connected(page), 'no connection');
    await eventually(async () => (await page.locator('#ways button').count()) > 0, 'no direction button');
    await eventually(async () => (await page.locator('#log h2').count()) > 0, 'the first place is not shown');
    const hidden = await page.evaluate(() => {
      const log = document.getElementById('log');
      return log.getBoundingClientRect().top - log.firstElementChild.getBoundingClientRect().top;
    });
    expect(hidden <= 0, `the beginning of the first text is ${hidden} above what can be seen`);
    // More ways out than there is room for.
    await page.evaluate(() => {
      const ways = document.getElementById('ways');
      for (let i = 0; i < 12; i += 1) ways.append(ways.firstElementChild.cloneNode(true));
    });
    const width = await page.evaluate(() => Math.max(...[...document.querySelectorAll('body, .page, .log p, .controls')]
      .map((part) => part.getBoundingClientRect().right)));
    expect(width <= phone.width, `the page is ${width} wide`);
    await page.locator('#quick button').first().tap();
    const small = await page.evaluate(smallTargets);
    expect(small.length === 0, small.join('\n'));
    await eventually(async () => (await page.locator('#log h2').count()) > 1, 'look showed no place');
    await page.screenshot({ path: 'build/browser-phone.png' });
    await page.context().close();
  });
}

async function play(kiln) {
  mkdirSync('build', { recursive: true });
  const data = emptyFolder('world');
  const server = await startServer(kiln, data);
  const browser = await startBrowser();
  const page = await openPage(browser, server.url);
  await joining(page);
  await walking(page);
  await reloading(page);
  await surviving(page, kiln, data, server);
  await page.screenshot({ path: 'build/browser.png' });
  await reading(page);
  await others(browser, server.url);
  await onPhone(browser, server.url);
  await check('nothing went wrong in the console', async () => {
    expect(troubles.length === 0, troubles.join('\n'));
  });
  await check('a stopped server ends cleanly', async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended === 0, `it ended with ${await server.ended}:\n${server.output().slice(-2000)}`);
  });
}

play(process.argv[2] ?? 'build/release/kiln').then(() => finish(), finish);
