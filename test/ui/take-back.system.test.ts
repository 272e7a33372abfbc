import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { peopleCsv } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';
import type { PastRun, UiState } from '../../src/ui/wire.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

inBrowser('what was sent from the page', (openTab) => {
  it('is compared with Clarky, and taken back once its number was typed', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(3));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Verify', disabled: true }).waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));

    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).startsWith('Finished: all 3 contacts'));
    await expect.poll(() => status(page)).toBe('Finished: all 3 contacts are in Clarky as the file says.');

    // Which person differs in which field, as the differences file has it.
    await page.setViewportSize({ width: 390, height: 844 });
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, peopleCsv(3).replace('person1@example.com,Acme', 'person1@example.com,Zeta'));
    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).startsWith('Finished: of 3 contacts'));
    await expect
      .poll(() => status(page))
      .toBe('Finished: of 3 contacts, 2 are as the file says, 1 is in Clarky with other values.');
    const cells = page.getByRole('region', { name: 'What is not as the file says' }).getByRole('row').nth(1);
    await expect
      .poll(() => cells.getByRole('cell').allInnerTexts())
      .toEqual(['person1@example.com', 'Company', 'Zeta', 'Acme']);
    await page.getByRole('link', { name: 'Download all differences' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    // Every step is in view: the bar of steps itself is not to be scrolled.
    for (const link of await page.getByRole('navigation').getByRole('link').all()) {
      const box = await link.boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 390).toBe(true);
    }
    await writeFile(file, peopleCsv(3));

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('3 contacts would be deleted').waitFor();
    // Whose import it is, and where; the question is there still for who comes back.
    await page.getByText(/Take back the import of people\.csv begun .+, in 127\.0\.0\.1:\d+\?/).waitFor();
    // An import is known by when it began, whoever tells of it.
    const state = JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState;
    const history = await desk.ask('GET', `/api/history?file=${state.files[0]?.id ?? ''}`);
    const { runs } = JSON.parse(history.text) as { runs: readonly PastRun[] };
    const report = await readFile(`${file}.report.html`, 'utf8');
    const [, inReport] = /Import of .*?<time datetime="([^"]+)"/.exec(report) ?? [];
    const began = state.jobs[0]?.undoPlan?.importedAt;
    expect([state.files[0]?.lastRun?.at, runs[0]?.at, inReport]).toEqual([began, began, began]);
    await page.reload();
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'people.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'Result' }).waitFor();
    // Whoever looks at the run is led to what is asked.
    await visit(page, 'Plan');
    await page.getByRole('link', { name: 'Run', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Result' }).waitFor();
    await page.getByText('3 contacts would be deleted').waitFor();
    expect(await page.getByText('the import goes on').count()).toBe(0);
    const takeBack = page.getByRole('button', { name: 'Take them back' });
    const number = page.getByLabel('Type 3 to take them back');
    await number.fill('4');
    expect(await takeBack.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Leave them' }).click();
    // A question that was answered with no has changed nothing.
    await takeBack.waitFor({ state: 'detached' });
    await until(async () => (await status(page)).startsWith('Finished: of 3 contacts'));
    expect(desk.sandbox.contacts()).toHaveLength(3);

    // Somebody works with one of them.
    const [somebody] = desk.sandbox.contacts();
    await fetch(`${desk.sandbox.url}/contacts/${somebody?.id ?? ''}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${desk.sandbox.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ company: 'Elsewhere' }),
    });
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 would be left as it is').waitFor();
    await page.getByLabel('Type 2 to take them back').fill('2');
    // What a slow machine sends again meanwhile is held as well.
    const at = [2, 3, 4, 5, 6].map((request) => ({ request, kind: 'held' as const }));
    desk.sandbox.setFaults({ on: 'writes', at });
    await page.keyboard.press('Enter');
    // How far it is, wherever one looks, and that the plan is from before.
    await until(async () => (await status(page)).startsWith('Taking back: 1 of 2 contacts is taken back.'));
    await page.getByText('being taken back', { exact: true }).waitFor();
    expect(await page.getByText('undo again to go on').count()).toBe(0);
    await visit(page, 'Plan');
    await page.getByText('from before the undo that is under way').waitFor();
    await visit(page, 'Run');
    await page.getByRole('progressbar', { name: 'Contacts taken back' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    desk.sandbox.setFaults({});
    await until(async () => (await status(page)).startsWith('Finished'));
    await expect
      .poll(() => status(page))
      .toBe('Finished: 2 contacts deleted, 1 left as it is, since it was changed in Clarky meanwhile.');
    expect(desk.sandbox.contacts()).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo', disabled: false }).waitFor();
    await page.getByText('but for what was left as it is. Undo looks at that once more.').waitFor();
    await page.getByRole('cell', { name: 'Taken back: 2 contacts deleted, 1 left as it is' }).waitFor();
    // What is told of is what is in Clarky now, to whoever opens the page later as well.
    const isToldOf = async (): Promise<void> => {
      const now = page.locator('.outcomes').first();
      await now.getByText('1 in Clarky').waitFor();
      expect((await now.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
        expect.stringContaining('1 in Clarky of this file'),
        expect.stringContaining('2 taken back'),
        expect.stringContaining('1 left'),
      ]);
      expect(await page.getByText('new in Clarky').count()).toBe(0);
    };
    await isToldOf();
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await isToldOf();
    const later = await openTab(await uiDesk({ folder: desk.folder, api: desk.sandbox }));
    await later.getByText('1 in Clarky, 2 of 3 taken back').waitFor();
    await later.getByRole('button', { name: 'people.csv' }).click();
    await visit(later, 'Result');
    const sentence =
      'Finished: 2 of 3 contacts of the last import are taken back; 1 left as it is, since it was changed in Clarky meanwhile.';
    await until(async () => (await status(later)) === sentence);
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).includes('2 are taken back'));
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
  });

  it('and set back is in Clarky still, and what came before it stays', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'new.csv');
    await writeFile(file, 'Email,First name,Company\nute@x.com,Ute,Neu\nudo@x.com,Udo,Neu\n');
    const page = await openTab(desk);
    const send = async (): Promise<void> => {
      await visit(page, 'Plan');
      await page.getByRole('button', { name: 'Send 2 contacts' }).click();
      await until(async () => (await status(page)).startsWith('Finished'));
    };
    await page.getByRole('button', { name: 'new.csv' }).click();
    await send();
    // In one step, so that no plan is made of half of it.
    const next = `${file}.part`;
    await writeFile(next, 'Email,First name,Company\nute@x.com,Ute,Alt\nudo@x.com,Udo,Neu\nulf@x.com,Ulf,Neu\n');
    await rename(next, file);
    // Until it is known what is to be sent of the new file the button comes and goes.
    const isAnother = 'That was before the file changed: 2 contacts of it are still to be sent.';
    await until(async () => (await status(page)).endsWith(isAnother));
    await send();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByLabel('Type 2 to take them back').fill('2');
    await page.getByRole('button', { name: 'Take them back' }).click();
    await page.getByText('of this file, 1 set back to what it was').waitFor();
    await page.getByRole('listitem').filter({ hasText: '2 in Clarky' }).waitFor();
    await page
      .getByText('What else of the file is in Clarky stays: only the newest import can be taken back.')
      .waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    const found = 'Finished: of 3 contacts, 1 is as the file says, 1 is set back to what it was, 1 is taken back.';
    await until(async () => (await status(page)) === found);
    await page.getByText('Sending the file again would bring back what was taken back').waitFor();
    await visit(page, 'Files');
    await page.getByText('2 in Clarky, 2 of 2 taken back').waitFor();
    expect(desk.sandbox.contacts()).toHaveLength(2);
  });

  it('is told of with the reasons that only Clarky could give, and corrected for them', async () => {
    const desk = await uiDesk();
    const { key, url: apiUrl, botId: bot } = desk.sandbox;
    const elsewhere = join(await privateFolder(), 'zoe.csv');
    await writeFile(elsewhere, 'First Name,Last Name,E-mail,Phone\nZoe,Moss,zoe@example.com,+12125550147\n');
    await importContacts({ file: elsewhere, key, apiUrl, bot, stateDir: false });
    await writeFile(
      join(desk.folder, 'two.csv'),
      `First Name,Last Name,E-mail,Phone,Stage
John,Smith,john@example.com,+12125550147,
Ada,Roe,ada@example.com,,
Bo,Ash,bo@example.com,,nowhere
`,
    );
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'two.csv' }).click();
    await visit(page, 'Columns');
    await page.getByLabel('Stage').selectOption('pipeline_stage_id');
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await page.getByRole('heading', { name: 'Rejected for what Clarky has, or says' }).waitFor();
    await page.getByText('One phone, different names or e-mails').waitFor();
    const names = (): unknown[] => desk.sandbox.contacts().map(({ first_name }) => first_name);
    expect(names()).toEqual(['Zoe', 'Ada']);

    // The rows are there to be corrected, each with what was said of it, and its cell.
    await page.getByRole('button', { name: 'Correct the 2 rejected rows' }).click();
    const rows = page.getByRole('region', { name: 'Rejected rows' });
    await rows.getByText('Clarky rejected it for pipeline_stage_id').waitFor();
    await rows.getByText('Clarky would make them one').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const stage = page.getByRole('textbox', { name: 'Stage, line 4' });
    await stage.fill('');
    await stage.press('Enter');
    await stage.waitFor({ state: 'detached' });
    const john = rows.getByRole('row').filter({ hasText: 'john@example.com' });
    await john.getByRole('button', { name: 'Leave this value out' }).click();
    await page.getByText('there is nothing to correct').waitFor();
    await page.getByRole('button', { name: 'Next: Plan' }).click();
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
    expect(names().sort()).toEqual(['Ada', 'Bo', 'John', 'Zoe']);
    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).endsWith('in Clarky as the file and its 2 corrections say.'));

    // What the command line does later is told of in the place of what this page did.
    await importContacts({ file: join(desk.folder, 'two.csv'), key, apiUrl, bot, noEdits: true });
    await until(async () => (await status(page)) === 'Finished: 1 row of 3 is in Clarky, 2 were rejected.');
  });
});
