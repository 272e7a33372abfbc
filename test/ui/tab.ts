import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { UiDesk } from './desk.js';

/** Opens the page, signed in; at the end of the test its console must have said nothing. */
export async function openTab(
  browser: Browser,
  desk: { readonly ui: Pick<UiDesk['ui'], 'newUrl'> },
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Page> {
  const page = await browser.newPage(options);
  onTestFinished(() => page.close());
  // What is waited for comes, however slow the machine; what does not come is named before the test ends.
  page.setDefaultTimeout(300_000);
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
