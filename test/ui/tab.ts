import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { chromiumIsInstalled, startChromium } from '../support/chromium.js';
import type { UiDesk } from './desk.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Opens the page of a desk, signed in, in a tab of its own. */
export type OpenTab = (
  desk: { readonly ui: Pick<UiDesk['ui'], 'newUrl'> },
  options?: Parameters<Browser['newPage']>[0],
) => Promise<Page>;

/** Tests with one real browser for all of them; where there is none they do not run. */
export function inBrowser(name: string, tests: (openTab: OpenTab, browser: () => Browser) => void): void {
  describe.runIf(chromiumIsInstalled)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser.close());
    tests(
      (desk, options) => tabOf(browser, desk, options),
      () => browser,
    );
  });
}

/** A tab that shows nothing yet. */
export async function newTab(browser: Browser, options: Parameters<OpenTab>[1] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  onTestFinished(() => page.close());
  // What is waited for comes, however slow the machine; what does not come is named before the test ends.
  page.setDefaultTimeout(300_000);
  return page;
}

/** At the end of the test its console must have said nothing. */
async function tabOf(
  browser: Browser,
  desk: Parameters<OpenTab>[0],
  options: Parameters<OpenTab>[1] = {},
): Promise<Page> {
  const page = await newTab(browser, options);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  onTestFinished(() =>
    expect(said.filter((text) => !text.includes('ERR_') && !text.includes('status of 4'))).toEqual([]),
  );
  await page.goto(desk.ui.newUrl());
  await page.getByRole('status').waitFor();
  return page;
}

/** Goes to a screen by its link. */
export async function visit(page: Page, step: string): Promise<void> {
  await page.getByRole('link', { name: step, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: step }).waitFor();
}

/** The sentence of the moment. */
export const status = (page: Page): Promise<string> => page.getByRole('status').innerText();

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What is wrong for those who do not see or do not point. The strict policy lets a test in by the protocol alone. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate<AxeResult>('axe.run({ resultTypes: ["violations"] })');
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
