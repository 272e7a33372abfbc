import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { uiDesk } from './desk.js';
import { inBrowser, visit } from './tab.js';

const ROWS = [
  'Eve,e@example.com,',
  'Eva Braun,e@example.com,',
  'Ann Lee,h@example.com,',
  'Anna Lee-Smith,h@example.com,',
  ...Array.from({ length: 6 }, (_, at) => `Ann Lee,j${at}@example.com,\nAnna Lee-Smith,j${at}@example.com,`),
];

inBrowser('names that may be those of two people', (openTab) => {
  it('are told on the plan before anything is sent, as the command line tells them', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), `Name,Email,Phone\n${ROWS.join('\n')}\n`);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    const doubts = page.locator('.remarks > li').filter({ hasText: 'sent as one contact' });
    await doubts.waitFor();
    const [count, ...words] = (await doubts.innerText()).split('\n').filter((line) => line !== '');
    expect(count).toBe('8');
    expect(words).toEqual([
      'One e-mail, different names: sent as one contact',
      'Where they are two people, give each their own e-mail and phone before they are sent.',
      'Lines 2 and 3: Eve and Eva Braun',
      'Lines 4 and 5: Ann Lee and Anna Lee-Smith',
      ...[0, 1, 2].map((at) => `Lines ${6 + 2 * at} and ${7 + 2 * at}: Ann Lee and Anna Lee-Smith`),
      'and 3 more',
    ]);
  });
});
