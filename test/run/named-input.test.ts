import { mkdir, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { namedInput, nameOfInput } from '../../src/run/reading/named-input.js';
import { OpenedFile } from '../../src/run/reading/reading.js';
import { openFileSet } from '../../src/source/several/file-set.js';
import { temporaryFolder } from '../source/reading.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(folder.path('sub'));
  for (const name of ['b.csv', 'a.csv', 'a.csv.checkpoint.jsonl', 'key', 'nightly.sh', 'readme.txt', '.hidden.csv']) {
    await writeFile(folder.path(name), `Name,Email\nAda,${name[0] ?? ''}@example.com\n`);
  }
});
afterAll(() => folder.dispose());

async function wrote(name: string, text: string): Promise<string> {
  await writeFile(folder.path(name), text);
  return folder.path(name);
}

describe('what an import wrote', () => {
  it('is left out beside others, whose name and state stay as they were', async () => {
    const [list, own] = [folder.path('a.csv'), folder.path('a.csv.rejected.csv')];
    expect(await namedInput([list, own])).toEqual({ file: list, ownFiles: [own] });
    expect(await nameOfInput([own, list])).toBe(list);
  });

  it('is left out by its form, whatever it is called, where it lies in the folder or is named beside a list', async () => {
    await mkdir(folder.path('sub/night'));
    const list = await wrote('sub/night/a.csv', 'Name,Email\nAda,ada@example.com\n');
    const own = [
      await wrote('sub/night/last.json', '{"file":"a.csv","start":"2026-11-25T00:00:00.000Z","running":true}\n'),
      await wrote('sub/night/log.jsonl', '{"level":30,"time":"2026-11-25T00:00:00.000Z","pid":1,"event":"started"}\n'),
      await wrote(
        'sub/night/rejects.csv',
        'Name,Email,import_line,import_error,import_message\nBob,b@@x,2,invalid_email,It is none.\n',
      ),
      await wrote('sub/night/state.jsonl', '{"format":"clarky-contacts checkpoint","version":1}\n'),
    ];
    expect(await namedInput([folder.path('sub/night')])).toMatchObject({ files: [list], ownFiles: own });
    expect(await namedInput([list, ...own])).toEqual({ file: list, ownFiles: own });
    expect(await nameOfInput([list, ...own])).toBe(list);
    expect(await namedInput([own[2] ?? ''])).toEqual({ file: own[2] });
  });

  it('is meant where it is named by itself', async () => {
    const own = folder.path('a.csv.rejected.csv');
    expect(await namedInput([own])).toEqual({ file: own });
  });
});

describe('a folder', () => {
  it('is the files in it that are called as tables are; all else is named', async () => {
    const input = await namedInput([folder.path('.')]);
    expect(input.files).toEqual([folder.path('a.csv'), folder.path('b.csv')]);
    expect(input.leftAside).toEqual(['key', 'nightly.sh', 'readme.txt', 'sub/']);
    const { rows, source } = await openFileSet(input, {});
    await source.dispose();
    expect(rows.notes).toContain('Left aside in the folder: key, nightly.sh, readme.txt, sub/.');
    // The same through a whole plan, which takes no options that it does not know.
    const plan = await planContacts(input);
    expect(plan.notes).toContain('Left aside in the folder: key, nightly.sh, readme.txt, sub/.');
    expect(plan).toMatchObject({ rows: 2, contacts: 2 });
  });

  it('is read in the order in which a person counts its files: the last one wins', async () => {
    const names = ['Kunden-10.csv', 'Kunden-2.csv', 'kunden-3.csv', 'Kunden-2026-11.csv', 'Ärzte.csv'];
    await mkdir(folder.path('sub/months'));
    for (const name of names) {
      await writeFile(folder.path(`sub/months/${name}`), `Email,City\nann@x.com,${name}\n`);
    }
    const { files = [] } = await namedInput([folder.path('sub/months')]);
    expect(files.map((file) => basename(file))).toEqual([
      'Ärzte.csv',
      'Kunden-2.csv',
      'kunden-3.csv',
      'Kunden-10.csv',
      'Kunden-2026-11.csv',
    ]);
  });

  it('that is a Numbers document is named for what it is', async () => {
    await mkdir(folder.path('sub/People.numbers'));
    await writeFile(folder.path('sub/People.numbers/Index.zip'), 'PK');
    await expect(namedInput([folder.path('sub/People.numbers')])).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/is a Numbers document that is kept as a folder/) as unknown,
    });
  });

  it('without tables says so', async () => {
    await mkdir(folder.path('sub/notes'));
    await writeFile(folder.path('sub/notes/key'), 'x');
    await expect(namedInput([folder.path('sub/notes')])).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/is a folder without tables/) as unknown,
    });
  });
});

describe('of several files, "Name" beside half of a name in its own file', () => {
  async function namesOf(files: Readonly<Record<string, string>>): Promise<unknown[]> {
    await mkdir(folder.path('halves'), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(folder.path(`halves/${name}`), text);
    const paths = Object.keys(files).map((name) => folder.path(`halves/${name}`));
    const opened = await OpenedFile.open({ file: folder.path('halves/all'), files: paths });
    const read = compileMapping(opened.mapping, opened.settings);
    const named: unknown[] = [];
    await opened.forEachRecord((record) => {
      const { first_name: first, last_name: last, company } = read(record).contact;
      named.push(company === undefined ? [first, last] : [first, last, company]);
    });
    await opened.close();
    return named;
  }
  const half = 'Vorname;Name;E-Mail\nAnna;Berg;a@example.com\n;Müller;b@example.com\n;von der Au;c@example.com\n';
  const ofHalf = [
    ['Anna', 'Berg'],
    [undefined, 'Müller'],
    [undefined, 'von der Au'],
  ];

  it('is that other half, whatever the other files call it, and whichever comes first', async () => {
    const other = 'Vorname;Nachname;E-Mail\nCarl;See;d@example.com\n';
    const whole = 'Name;E-Mail\nEva Tal;e@example.com\n';
    const ofAll = [...ofHalf, ['Carl', 'See'], ['Eva', 'Tal']];
    expect(await namesOf({ 'a.csv': half, 'b.csv': other, 'c.csv': whole })).toEqual(ofAll);
    expect(await namesOf({ 'c.csv': whole, 'b.csv': other, 'a.csv': half })).toEqual([
      ['Eva', 'Tal'],
      ['Carl', 'See'],
      ...ofHalf,
    ]);
  });

  it('is the first name beside a last one', async () => {
    const spanish = 'Nombre;Apellidos;E-Mail\nMaría José;;a@example.com\n';
    const english = 'First name;Last name;E-Mail\nCarl;See;d@example.com\n';
    expect(await namesOf({ 'a.csv': spanish, 'b.csv': english })).toEqual([
      ['María José', undefined],
      ['Carl', 'See'],
    ]);
  });

  it('is a full name where it holds one', async () => {
    const full = 'Vorname;Name;E-Mail\nAnna;Anna Berg;a@example.com\nBen;Ben Au;b@example.com\n';
    const other = 'Vorname;Nachname;E-Mail\nCarl;See;d@example.com\n';
    expect(await namesOf({ 'a.csv': full, 'b.csv': other })).toEqual([
      ['Anna', 'Berg'],
      ['Ben', 'Au'],
      ['Carl', 'See'],
    ]);
  });

  it('gives a row its company, where a file that is not its own has a column of companies', async () => {
    const firm = 'Vorname;Name;E-Mail\n;Acme GmbH;a@example.com\n';
    const other = 'Vorname;Nachname;Firma;E-Mail\nCarl;See;See AG;d@example.com\n';
    expect(await namesOf({ 'a.csv': firm, 'b.csv': other })).toEqual([
      [undefined, 'Acme GmbH', 'Acme GmbH'],
      ['Carl', 'See', 'See AG'],
    ]);
  });
});

it('a file that is damaged is named, and the others wait for it', async () => {
  await writeFile(folder.path('c.xlsx'), Buffer.from('PK\u0003\u0004 and no more'));
  const input = { file: folder.path('all'), files: [folder.path('a.csv'), folder.path('c.xlsx')] };
  await expect(openFileSet(input, {})).rejects.toMatchObject({
    message: expect.stringMatching(/c\.xlsx is a workbook that is damaged or cut off\.$/) as string,
    next: expect.stringContaining('The other file waits for it') as string,
  });
});

it('a key among the files that are named is no list, and is shown nowhere', async () => {
  await writeFile(folder.path('key'), 'ck_live_d3adb33fd3adb33f\n');
  const plan = planContacts({ file: folder.path('all'), files: [folder.path('a.csv'), folder.path('key')] });
  await expect(plan).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.not.stringContaining('ck_live') as string,
  });
});
