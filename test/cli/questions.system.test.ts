import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src/storage/lock.js';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, CTRL_D, ENTER, hasTerminal } from '../support/terminal.js';

async function imported(): Promise<Workplace> {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(2));
  expect(await place.imported('c.csv', { live: true })).toBe(0);
  return place;
}

async function answer(place: Workplace, args: readonly string[], question: string, keys: string) {
  const at = atTerminal(place, args);
  await at.shows(question);
  at.type(keys);
  return at.ended;
}

describe.skipIf(!hasTerminal)('at a terminal', () => {
  it('undo asks: Ctrl-C and no leave everything, yes undoes', async () => {
    const place = await imported();
    const stopped = await answer(place, ['undo', 'c.csv'], 'Undo it?', CTRL_C);
    expect([stopped.code, stopped.shown]).toEqual([130, expect.stringContaining('Nothing was undone.')]);
    const refused = await answer(place, ['undo', 'c.csv'], 'Undo it?', ENTER);
    expect([refused.code, refused.shown]).toEqual([0, expect.stringContaining('Nothing was undone.')]);
    expect(place.sandbox.contacts()).toHaveLength(2);
    expect((await answer(place, ['undo', 'c.csv'], 'Undo it?', `y${ENTER}`)).code).toBe(0);
    expect(place.sandbox.contacts()).toEqual([]);
  });

  it('what was typed wrongly is told in lines that do not break in the middle of a word', async () => {
    const place = await workplace();
    const name = `--an-option-that-there-is-not-${'and-is-long-'.repeat(4)}x`;
    const { code, shown } = await atTerminal(place, ['import', 'c.csv', name]).ended;
    const told = shown.split(/\r?\n/).filter((line) => line !== '');
    expect([code, told.join(' ').replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining(`unknown option '${name}'`) as string,
    ]);
    const port = await atTerminal(place, ['sandbox', '--port', '7'.repeat(14)]).ended;
    for (const line of port.shown.split(/\r?\n/)) expect(line.length).toBeLessThanOrEqual(80);
    expect(port.shown.replace(/\s+/g, ' ')).toContain('It is a port, from 0 to 65535.');
  });

  it('forget --all asks: Ctrl-C and no leave everything, yes removes', async () => {
    const place = await imported();
    const args = ['forget', 'c.csv', '--all'];
    const stopped = await answer(place, args, 'Remove them?', CTRL_C);
    expect([stopped.code, stopped.shown]).toEqual([130, expect.stringContaining('Nothing was removed.')]);
    const refused = await answer(place, args, 'Remove them?', ENTER);
    expect([refused.code, refused.shown]).toEqual([0, expect.stringContaining('Nothing was removed.')]);
    expect(existsSync(place.path('c.csv.checkpoint.jsonl'))).toBe(true);
    expect((await answer(place, args, 'Remove them?', `y${ENTER}`)).code).toBe(0);
    expect(existsSync(place.path('c.csv.checkpoint.jsonl'))).toBe(false);
  });

  it('what was typed before a question is there answers nothing', async () => {
    const place = await imported();
    await place.write('other.csv', 'Mail,Sonstiges\nada@x.com,hello\n');
    const asked: readonly [string, string, string, string][] = [
      ['undo', 'c.csv', 'Undo it?', 'y\n'],
      ['forget', 'c.csv', 'Remove them?', 'y\n'],
      ['map', 'other.csv', '◆  1 sent, 1 left out', ENTER.repeat(3)],
    ];
    for (const [command, file, question, ahead] of asked) {
      const at = atTerminal(place, [command, file]);
      at.type(ahead);
      await at.shows(question);
      at.type(CTRL_C);
      expect([command, (await at.ended).code]).toEqual([command, 130]);
    }
    expect(place.sandbox.contacts()).toHaveLength(2);
    expect(['c.csv.undo.jsonl', 'other.csv.mapping.json'].map((name) => existsSync(place.path(name)))).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ['undo', 'Undo it?'],
    ['forget', 'Remove them?'],
  ])('another command that is pasted at the question of %s answers nothing', async (command, question) => {
    const place = await imported();
    const at = atTerminal(place, [command, 'c.csv']);
    await at.shows(question);
    at.type(`clarky-contacts status any.csv${ENTER}`);
    await at.shows('Type y for yes');
    at.type(CTRL_C);
    expect((await at.ended).code).toBe(130);
    expect(place.sandbox.contacts()).toHaveLength(2);
    expect(existsSync(place.path('c.csv.undo.jsonl'))).toBe(true);
  });

  it('forget says before it asks that an import is under way', async () => {
    const place = await imported();
    const lock = await takeLock(place.path('c.csv.checkpoint.jsonl'));
    try {
      const { code, shown } = await atTerminal(place, ['forget', 'c.csv', '--all']).ended;
      expect([code, shown]).toEqual([6, expect.not.stringContaining('Remove them?')]);
    } finally {
      await lock.release();
    }
  });

  it('forget asks as well, and says that the import can’t be taken back then', async () => {
    const place = await imported();
    const refused = await answer(place, ['forget', 'c.csv'], 'Remove them?', ENTER);
    expect([refused.code, refused.shown]).toEqual([0, expect.stringContaining("can't be taken back after that")]);
    expect(existsSync(place.path('c.csv.undo.jsonl'))).toBe(true);
  });

  it.each([
    ['undo', 'c.csv', 'Undo it?', 'Nothing was undone.'],
    ['forget', 'c.csv', 'Remove them?', 'Nothing was removed.'],
    ['map', 'other.csv', 'Ctrl-C here leaves', 'Nothing was written.'],
  ])('Ctrl-D leaves %s as Ctrl-C does, and says so', async (command, file, question, words) => {
    const place = await imported();
    await place.write('other.csv', 'Mail,Sonstiges\nada@x.com,hello\n');
    const left = await answer(place, [command, file], question, CTRL_D);
    expect([left.code, left.shown]).toEqual([130, expect.stringContaining(words)]);
  });

  it('map is given up by Ctrl-C, and a broken mapping file stays as it was', async () => {
    const place = await imported();
    await place.write('c.csv.mapping.json', '{');
    const stopped = await answer(place, ['map', 'c.csv'], 'Set that file aside', CTRL_C);
    expect([stopped.code, stopped.shown]).toEqual([130, expect.stringContaining('It is as it was.')]);
    expect(existsSync(place.path('c.csv.mapping.json'))).toBe(true);
  });
});

it('with --yes nothing is asked, and without a terminal nothing is done that would be', async () => {
  const place = await imported();
  expect(await place.run('undo', 'c.csv')).toMatchObject({ code: 2, stdout: '' });
  expect(place.sandbox.contacts()).toHaveLength(2);
  expect((await place.run('undo', 'c.csv', '--yes')).code).toBe(0);
  expect((await place.run('forget', 'c.csv', '--all', '--yes')).code).toBe(0);
});

it.runIf(hasTerminal)(
  'a program that is called by its name alone shows its commands, in columns and without codes',
  async () => {
    const { code, shown } = await atTerminal(await workplace(), []).ended;
    expect(code).toBe(2);
    const lines = shown.split('\r\n');
    expect(lines).toContain('  map [options] <file>        Proposes a column mapping, lets you change it, and');
    expect(lines).toContain('                              writes it as a mapping file.');
    expect(shown).not.toContain('\\x1b');
  },
);
