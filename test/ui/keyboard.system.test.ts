import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status } from './tab.js';

const FILE = `First Name,E-mail,Phone,Deal Value,Colour
Ada,ada@example.com,,"1,234",red
Bob,bob(at)example.com,,5,blue
Cy,cy(at)example.com,,6,green
Dee,dee@example.com,+442079460001,7,grey
Eve,eve@example.com,+442079460001,8,grey
Flo,flo(at)example.com,,9,grey
`;

/** More steps than any screen has places; a trap would take all of them. */
const MOST_STEPS = 120;

/**
 * The element with the focus, if it is drawn without an outline: an outline of nothing is no focus that one sees. Asked at
 * once, for what has the focus may go away at any moment, and then nothing has it.
 */
const UNSEEN_FOCUS = `(() => {
  const element = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const isSeen = element === document.body || (outlineStyle !== 'none' && outlineWidth !== '0px');
  return isSeen ? '' : element.outerHTML;
})()`;

const hasFocus = async (wanted: Locator): Promise<boolean> =>
  (await wanted.and(wanted.page().locator(':focus')).count()) > 0;

/** Goes to something by Tab alone, each place on the way seen. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    const isThere = await hasFocus(wanted);
    expect(await page.evaluate(UNSEEN_FOCUS)).toBe('');
    if (isThere) return;
  }
  throw new Error('Tab does not lead there');
}

/** Letters that come later than this begin another word to the browser. */
const FORGOTTEN_MS = 1500;

/** Chooses one of a list by its first letters, again where the machine was too slow to take them for one word. */
async function choose(page: Page, list: Locator, letters: string): Promise<void> {
  await tabTo(page, list);
  for (;;) {
    await page.keyboard.type(letters);
    if ((await list.locator('option:checked').innerText()).startsWith(letters)) return;
    await pause(FORGOTTEN_MS);
  }
}

inBrowser('by keyboard alone', (openTab) => {
  it('a file is looked at, decided, corrected, sent, compared and taken back', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const page = await openTab(desk);
    const { keyboard } = page;
    const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
    const press = async (wanted: Locator, key = 'Enter'): Promise<void> => {
      await tabTo(page, wanted);
      await keyboard.press(key);
    };
    /** The focus is on the heading of the new screen, so that what follows is next. */
    const isOn = async (name: string): Promise<void> => {
      const heading = page.getByRole('heading', { level: 1, name });
      await heading.waitFor();
      await until(() => hasFocus(heading));
    };

    await press(button('people.csv'));
    await isOn('How it was read');
    await choose(page, page.getByLabel('Phone numbers without + are from'), 'United Kingdom');
    await press(button('Next: Columns'));

    await isOn('Columns');
    await tabTo(page, page.getByLabel('the point is the decimal mark', { exact: false }));
    await keyboard.press('Space');
    await until(async () => (await readFile(`${file}.mapping.json`, 'utf8').catch(() => '')).includes('"point"'));
    await choose(page, page.getByLabel('Colour'), 'Custom');
    await until(async () => (await readFile(`${file}.mapping.json`, 'utf8')).includes('custom:Colour'));
    await press(button('Next: Plan'));

    await isOn('Plan');
    await button('Send 1 contact').waitFor();
    await press(button(/^Correct/).first());
    await isOn('Correct');
    await tabTo(page, page.getByLabel('E-mail, line 3'));
    await keyboard.press('Control+A');
    await keyboard.type('bob@example.com');
    await keyboard.press('Enter');
    // The next cell has the focus, and keeps it when the row that is good now goes away.
    await until(async () => (await page.getByLabel('E-mail, line 3').count()) === 0);
    const next = page.getByLabel('E-mail, line 4');
    expect(await hasFocus(next)).toBe(true);
    await keyboard.press('Control+A');
    await keyboard.type('cy@example.com');
    await keyboard.press('Enter');
    // A phone that is corrected frees two rows: the focus goes on to the one behind them.
    await until(async () => (await page.getByLabel('E-mail, line 4').count()) === 0);
    await until(() => hasFocus(page.getByLabel('Phone, line 5')));
    await keyboard.press('Control+A');
    await keyboard.type('+442079460002');
    await keyboard.press('Enter');
    await until(() => hasFocus(page.getByLabel('E-mail, line 7')));
    await keyboard.press('Control+A');
    await keyboard.type('flo@example.com');
    await keyboard.press('Enter');
    await page.getByText('there is nothing to correct').waitFor();
    await press(button('Next: Plan'));

    await isOn('Plan');
    await press(button('Send 6 contacts'));
    await until(async () => (await status(page)).startsWith('Finished'));
    await isOn('Result');
    await press(button('Verify'));
    await until(async () => (await status(page)).startsWith('Finished: all 6 contacts'));
    await press(button('Undo'));
    // Who asked is led to the question, and from there to the heading.
    await until(() => hasFocus(page.getByLabel('Type 6 to take them back')));
    await keyboard.type('6');
    await keyboard.press('Enter');
    await until(() => desk.sandbox.contacts().length === 0);
    await until(async () => (await status(page)).startsWith('Finished'));
    await isOn('Result');

    await press(button('Use another key'));
    await tabTo(page, page.getByLabel(/^API key for/));
    await keyboard.type(desk.sandbox.key);
    await keyboard.press('Enter');
    await until(() => hasFocus(button('Use another key')));

    // And round to where it began: nothing holds the focus.
    await press(page.getByRole('link', { name: 'Run', exact: true }));
    await isOn('Run');
    await press(page.getByRole('link', { name: 'Files', exact: true }));
    await isOn('Files');
    await tabTo(page, page.getByLabel('Spreadsheet'));
  });
});
