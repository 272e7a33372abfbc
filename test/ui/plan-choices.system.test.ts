import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

const FILE = `First Name,E-mail,Phone
Ada,ada@example.com,+442079460000
Bob,bob@example.com,+442079460001
Cy,cy@example.com,+442079460001
`;

inBrowser('the plan on the page', (openTab) => {
  it('lets another bot be chosen where the one that was named is not seen', async () => {
    const desk = await uiDesk({ bot: 'gone', sandbox: { bots: ['sales'] } });
    await writeFile(join(desk.folder, 'people.csv'), FILE);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    const bot = page.getByLabel('Bot that gets the contacts');
    await bot.waitFor();
    expect(await bot.locator('option:checked').innerText()).toBe('choose one');
    await bot.selectOption('sales');
    await until(async () => (await bot.count()) === 0);
  });

  it('lets a bot be chosen, says how many rows a choice concerns, and shows old and new', async () => {
    const desk = await uiDesk({ bot: null, sandbox: { bots: ['sales', 'support'] } });
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    // Sent without one, it says where one is chosen, and leads there.
    await page.getByRole('button', { name: /^Send [1-9]/ }).click();
    await until(async () => (await status(page)) === 'Stopped: The key sees 2 bots: sales, support.');
    await page.getByText('which bot gets the contacts').getByRole('button', { name: 'Plan' }).click();
    await page.getByLabel('Bot that gets the contacts').selectOption('support');
    await page.getByText('What to send', { exact: true }).click();
    await page.getByLabel('One phone, different names or e-mails (2 rows)').selectOption('omit');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(desk.sandbox.contacts().map(({ bot_id }) => bot_id)).toEqual(['support', 'support', 'support']);

    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Verify' }).click();
    const sentence =
      'Finished: all 3 contacts are in Clarky as the file says, 2 of them without values that were left out.';
    await until(async () => (await status(page)) === sentence);
    await page.getByRole('heading', { name: 'Writes over time' }).waitFor();
    await page.getByText('2 contacts without Phone: others have it, under another name or e-mail').waitFor();

    await writeFile(file, FILE.replace('Ada', 'Adah'));
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByText('1 changed, 2 unchanged: a few seconds.').waitFor();
    await page.getByRole('button', { name: 'Compare with Clarky' }).click();
    await page.getByText('0 new, 1 changed, 2 as the file says, or as it was sent before.').waitFor();
    const change = page.getByRole('region', { name: 'Changes' }).getByRole('row').nth(1);
    expect(await change.innerText()).toMatch(/2\s+First name\s+Ada\s+Adah/);
  });

  it('lets each person of a row become a contact, and keeps that', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'pairs.csv');
    await writeFile(
      file,
      'Contact 1 Name,Contact 1 Email,Contact 2 Name,Contact 2 Email\nAda Moss,ada@example.com,Pia Payne,pia@example.com\n',
    );
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'pairs.csv' }).click();
    await visit(page, 'Plan');
    await page.getByText('A row holds up to 2 persons: only the first becomes a contact.').waitFor();
    await page.getByRole('button', { name: '“What to send”' }).click();
    await page.getByLabel('Several persons in one row').selectOption('each');
    await page.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
    expect(await readFile(`${file}.mapping.json`, 'utf8')).toMatch(/"persons": ?"each"/);
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(
      desk.sandbox
        .contacts()
        .map((contact) => contact.first_name)
        .sort(),
    ).toEqual(['Ada', 'Pia']);
  });

  it('asks for the country with what speaks for the one that is offered, and without where a number fits several', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'us.csv'), 'Name,Phone\nAda Moss,212-555-0147\n');
    await writeFile(join(desk.folder, 'de.csv'), 'Name,Phone\nAda Moss,0711 1234567\n');
    const page = await openTab(desk, { locale: 'de-DE' });
    await page.getByRole('button', { name: 'us.csv' }).click();
    await visit(page, 'Plan');
    await page.getByLabel('The phone numbers without + are from').first().waitFor();
    expect(await page.getByRole('button', { name: /^They are from/ }).count()).toBe(0);
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'de.csv' }).click();
    await page.getByText("Your browser's language is that of Germany: are they from there?").waitFor();
  });

  it('leaves out the one value of a row that is named', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, `${FILE}Dee,dee@@example.com,12\n`);
    const page = await openTab(desk, { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Correct');
    await page.getByRole('textbox', { name: 'Phone, line 3' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    const row = page.getByRole('row').filter({ has: page.getByRole('textbox', { name: 'Phone, line 3' }) });
    // The e-mail is nobody else's: to leave it out helps nothing.
    await row.getByRole('button', { name: 'Leave this value out' }).click();
    await row.waitFor({ state: 'detached' });
    // Of two that can't be read, one can be left out and the other be corrected.
    const dee = page.getByRole('row').filter({ has: page.getByRole('textbox', { name: 'Phone, line 5' }) });
    const buttons = async (): Promise<string[]> => dee.getByRole('button').allInnerTexts();
    expect(await buttons()).toEqual(['Leave E-mail out', 'Leave Phone out', 'Skip this row']);
    await dee.getByRole('button', { name: 'Leave E-mail out' }).click();
    await until(async () => (await buttons()).length === 1);
    expect(await buttons()).toEqual(['Skip this row']);
    await dee.getByRole('textbox', { name: 'Phone, line 5' }).fill('+442079460009');
    await dee.getByRole('textbox', { name: 'Phone, line 5' }).press('Enter');
    await page.getByText('there is nothing to correct').waitFor();
    expect(JSON.parse(await readFile(`${file}.edits.json`, 'utf8'))).toMatchObject([
      { line: 3, column: 'Phone', was: '+442079460001', value: '' },
      { line: 5, column: 'E-mail', was: 'dee@@example.com', value: '' },
      { line: 5, column: 'Phone', was: '12', value: '+442079460009' },
    ]);
  });

  it('says that the country of a row goes before the one that is chosen, and of which file nothing is sent', async () => {
    const desk = await uiDesk();
    const rows = [
      'Vorname;E-Mail;Telefon;Land;Firma',
      'Ada;ada@example.com;030 901820;D;#REF!',
      'Bo;bo@example.com;030 901820;;Acme',
    ];
    await writeFile(join(desk.folder, 'kunden.csv'), rows.join('\n'));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'kunden.csv' }).click();
    const own = page.getByText('Where a row names its own country, its number is read as one of that.');
    await visit(page, 'Correct');
    await own.waitFor();
    await visit(page, 'How it was read');
    await page.getByLabel('Phone numbers without + are from').selectOption('AT');
    await own.waitFor();
    await page.getByText('Up to 1 new, 1 rejected: a few seconds.').waitFor();
    await visit(page, 'Correct');
    await page.getByText('is not a valid phone number in Austria').waitFor();
    await visit(page, 'Run');
    await page.getByText('Nothing of this file is being sent.').waitFor();
    // What is led to stands below the sentence of the moment, and not under it.
    await page.setViewportSize({ width: 390, height: 700 });
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Show it' }).click();
    const isBelow = async (): Promise<boolean> => {
      const heading = await page.getByRole('heading', { name: 'Row by row' }).boundingBox();
      const now = await page.getByRole('region', { name: 'Now' }).boundingBox();
      return heading !== null && now !== null && heading.y >= now.y + now.height && heading.y < 700;
    };
    await until(isBelow);
    // An error of a formula is no value, and that is said.
    await page.getByText('Firma: 1 × #REF!').waitFor();
  });

  it('of a workbook is made in its own words, is the same all over the screen, and is told to its end', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'book.xlsx');
    const people = [
      ['No', 'First Name', 'E-mail', 'Phone'],
      ['1', 'Ada', 'ada@example.de', '0711 1234567'],
      ['2', 'Zo', 'zo(at)example.de', ''],
    ];
    const others = [
      ['First Name', 'E-mail'],
      ['Bo', 'bo@example.de'],
    ];
    await writeFile(file, workbook({ People: people, Others: others }));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'book.xlsx' }).click();
    const sheet = page.getByLabel(/^Sheet/);
    await sheet.waitFor();
    expect(await sheet.locator('option').allInnerTexts()).toEqual(['People', 'Others']);
    await sheet.selectOption('Others');
    await page.getByRole('cell', { name: 'bo@example.de' }).waitFor();
    await sheet.selectOption('People');
    expect(await page.getByRole('main').innerText()).not.toMatch(/--\w/);
    // It is offered wherever phones are rejected for want of it, and fits a phone.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const step of ['Columns', 'Plan', 'Correct', 'How it was read']) {
      await visit(page, step);
      await page.getByRole('button', { name: 'They are from Germany' }).first().waitFor();
      expect([step, await violationsOf(page)]).toEqual([step, []]);
      expect([step, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([step, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'They are from Germany' }).click();
    await page.getByText('Up to 1 new, 1 rejected: a few seconds.').waitFor();

    // Somebody else has put her there.
    const { key, url: apiUrl, botId: bot } = desk.sandbox;
    const elsewhere = join(await privateFolder(), 'ada.csv');
    await writeFile(elsewhere, 'First Name,E-mail,Phone\nAda,ada@example.de,+497111234567\n');
    await importContacts({ file: elsewhere, key, apiUrl, bot, stateDir: false });
    await visit(page, 'Plan');
    await page.getByText('or updated, where Clarky has them').waitFor();
    await page.getByRole('button', { name: 'Compare with Clarky' }).click();
    await page.getByText('0 new, 0 changed, 1 as the file says, or as it was sent before.').waitFor();
    await expect
      .poll(() => status(page))
      .toBe('1 unchanged, 1 rejected: 1 still to be corrected, nothing else has to be sent.');
    await page.getByRole('button', { name: 'Send 0 contacts', disabled: true }).waitFor();
    await page.getByRole('region', { name: 'Rows' }).getByText('unchanged').waitFor();
    expect(await page.getByRole('region', { name: 'Rows' }).getByText('created').count()).toBe(0);

    await writeFile(file, workbook({ People: [...people, ['3', 'Cy', 'cy@example.de', '']], Others: others }));
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished: 2 rows of 3'));
    await expect.poll(() => status(page)).toMatch(/That was the sheet People; not sent yet: Others\.$/);
    await page.getByText('Not sent: No.').waitFor();
    await page.getByText('Why rows were rejected').waitFor();
    await page.getByRole('button', { name: 'Correct it' }).click();
    const cell = page.getByRole('textbox', { name: 'E-mail, line 3' });
    await cell.fill('zo@example.de');
    await cell.press('Enter');
    await page.getByText('there is nothing to correct').waitFor();
    expect(JSON.parse(await readFile(`${file}.edits.json`, 'utf8'))).toMatchObject([{ line: 3, sheet: 'People' }]);
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 1 contact' }).click();
    await until(async () => (await status(page)).startsWith('Finished: all 3 rows'));
    await page.getByText('1 correction was used').waitFor();
    expect(desk.sandbox.contacts()).toHaveLength(3);
    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () =>
      (await status(page)).endsWith('as the sheet People and its one correction say. Not sent yet: Others.'),
    );

    // It is not finished with one sheet: the next is offered, and each is named wherever it is told of.
    await page.getByRole('button', { name: 'Go on with the sheet Others' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read book.xlsx, sheet Others' }).waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 1 contact' }).click();
    await until(async () => (await status(page)) === 'Finished: the only row is in Clarky.');
    const sheets = page.getByRole('region', { name: 'Sheets of this workbook' });
    await expect
      .poll(() => sheets.getByRole('row').allInnerTexts())
      .toMatchObject([
        expect.anything(),
        expect.stringMatching(/^People\s+Read the sheet People\s+Finished: all 3 rows are in Clarky\./),
        expect.stringMatching(/^Others\s+Read the sheet Others\s+Finished: the only row is in Clarky\./),
      ]);
    const history = page.getByRole('region', { name: 'Imports of this file' });
    await expect.poll(() => history.getByRole('cell', { name: 'Others' }).count()).toBe(1);
    await expect.poll(() => history.getByRole('cell', { name: 'People' }).count()).toBe(2);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Take back the import of book.xlsx, sheet Others, begun').waitFor();
    await page.getByRole('button', { name: 'Leave it' }).click();
    await visit(page, 'Files');
    await page.getByText('4 in Clarky, 2 of 2 sheets sent (People, Others)').waitFor();

    // What is compared, or taken back, of one sheet is said of that sheet, and of no other.
    await page.getByRole('button', { name: 'book.xlsx' }).click();
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).startsWith('Finished: the only contact'));
    await sheets.getByRole('button', { name: 'Read the sheet People' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read book.xlsx, sheet People' }).waitFor();
    await visit(page, 'Result');
    await page.reload();
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
    await sheets.getByRole('button', { name: 'Take back the sheet Others' }).click();
    await page.getByText('Take back the import of book.xlsx, sheet Others, begun').waitFor();
    await page.getByLabel('Type 1 to take it back').fill('1');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await until(async () => (await status(page)) === 'Finished: 1 contact deleted.');
    await sheets.getByText('Finished: 1 contact of the last import is taken back.').waitFor();
    await page.getByRole('button', { name: 'Undo', disabled: true }).waitFor();
    await sheets.getByRole('button', { name: 'Read the sheet People' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read book.xlsx, sheet People' }).waitFor();
    await visit(page, 'Result');
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
    await expect.poll(() => page.getByText('taken back', { exact: true }).count()).toBe(0);
    await visit(page, 'Files');
    await page.getByText('3 in Clarky, 1 of 1 taken back, 1 of 2 sheets sent (People)').waitFor();

    // The sheet that was sent first can be taken back as well.
    await page.getByRole('button', { name: 'book.xlsx' }).click();
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Take back the import of book.xlsx, sheet People, begun').waitFor();
    await page.getByLabel('Type 1 to take it back').fill('1');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await until(async () => (await status(page)) === 'Finished: 1 contact deleted.');
    expect(await violationsOf(page)).toEqual([]);
  });
});
