import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRunPaths, type RunPaths } from '../../src/run/outputs/check.js';
import { forgetFiles } from '../../src/run/forget.js';
import { privateFolder } from '../support/folder.js';
import { onPosix } from '../support/posix.js';

const HEADER = 'Name,Email,import_line,import_error,import_message\r\n';
const CHECKPOINT = '{"format":"clarky-contacts checkpoint","version":1}\n';

async function folderWith(files: Readonly<Record<string, string>>): Promise<(name: string) => string> {
  const folder = await privateFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return (name) => join(folder, name);
}

async function whyNot(paths: RunPaths, source: string): Promise<string> {
  return checkRunPaths([source], paths).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('where a run is to write', () => {
  it('is not what it reads: not by another spelling, a link or a hard link either', async () => {
    const path = await folderWith({ 'a.csv': HEADER });
    await symlink(path('a.csv'), path('link.csv'));
    await link(path('a.csv'), path('hard.csv'));
    await mkdir(path('folder'));
    await symlink(path('.'), path('folder/up'));
    for (const spelled of ['a.csv', './a.csv', 'folder/../a.csv', 'folder/up/a.csv', 'link.csv', 'hard.csv']) {
      for (const kind of ['rejects', 'log', 'latest', 'report', 'differences', 'checkpoint', 'mapping'] as const) {
        expect(await whyNot({ [kind]: path(spelled) }, path('a.csv')), `${kind} ${spelled}`).toContain(
          'is the file that is read',
        );
      }
    }
  });

  it('is not one place for two things, whether it is there or not', async () => {
    const path = await folderWith({ 'c.jsonl': CHECKPOINT });
    await symlink(path('c.jsonl'), path('link'));
    const both = (one: string, other: string): Promise<string> =>
      whyNot({ checkpoint: path(one), rejects: path(other) }, path('a.csv'));
    expect(await both('x', 'x')).toContain('(--checkpoint) at the same time');
    expect(await both('x', './x')).toContain('at the same time');
    expect(await both('c.jsonl', 'link')).toContain('at the same time');
    expect(await both('x', 'x.undo.jsonl')).toContain('an undo journal (--checkpoint) at the same time');
    expect(await both('x', 'y')).toBe('');
    await symlink('x', path('to-nothing'));
    await symlink('to-nothing', path('to-a-link'));
    for (const name of ['to-nothing', 'to-a-link']) {
      expect(await both('x', name)).toContain('at the same time');
      expect(await whyNot({ log: path(name), rejects: path('x') }, path('a.csv'))).toContain('at the same time');
    }
  });

  it('is no file of somebody else, whatever it is called', async () => {
    const path = await folderWith({
      'notes.txt': 'shopping list\n',
      'a.csv': 'Name,Email\n',
      'undo.jsonl': '{"format":"clarky-contacts undo","version":1}\n',
      'log.1': 'mine\n',
    });
    for (const kind of ['rejects', 'log', 'latest', 'report', 'differences', 'checkpoint', 'mapping'] as const) {
      for (const name of ['notes.txt', 'a.csv', 'undo.jsonl']) {
        expect(await whyNot({ [kind]: path(name) }, path('x.csv')), `${kind} ${name}`).toMatch(
          /is there already, and is not an? .*; it was left as it is\.$|is not the summary of a run; it was left/,
        );
      }
    }
    expect(await whyNot({ log: path('log') }, path('x.csv')), 'a log is put aside there').toContain('log.1 is there');
    expect(await whyNot({ rejects: path('.') }, path('x.csv'))).toContain('is a folder, not a file.');
  });

  it('may be what an earlier run left there', async () => {
    const path = await folderWith({
      checkpoint: CHECKPOINT,
      torn: CHECKPOINT.slice(0, 20),
      empty: '',
      log: '{"level":30,"time":"2026-11-25T00:00:00.000Z","pid":7,"event":"started"}\n',
      rejects: `\ufeff${HEADER.replaceAll(',', ';')}`,
      differences: 'line,what,email,phone,contact_id,field,expected,found\r\n',
      latest:
        '{"file":"a.csv","start":"2026-11-25T00:00:00.000Z","end":"2026-11-25T00:00:00.000Z","exit":2,"error":"x","message":"y"}\n',
      mapping: '{\n  "columns": []\n}\n',
    });
    for (const kind of ['rejects', 'log', 'latest', 'differences', 'checkpoint', 'mapping'] as const) {
      expect(await whyNot({ [kind]: path(kind) }, path('x.csv')), kind).toBe('');
      expect(await whyNot({ [kind]: path('empty') }, path('x.csv')), `${kind}, empty`).toBe('');
    }
    expect(await whyNot({ checkpoint: path('torn') }, path('x.csv'))).toBe('');
  });

  onPosix('may be a device, for all but a checkpoint', async () => {
    const devices = { rejects: '/dev/null', log: '/dev/null', latest: '/dev/null' };
    expect(await whyNot(devices, 'x.csv')).toBe('');
    expect(await whyNot({ checkpoint: '/dev/null' }, 'x.csv')).toContain('is a device, not a file.');
  });
});

it('forget says what it can be told about a file that is not ours, and no option that it has not', async () => {
  for (const [name, next] of [
    ['a.csv.log.jsonl.1', /^Nothing was removed\. Put that file elsewhere/],
    ['a.csv.report.html', /^Nothing was removed\. Put that file elsewhere/],
    ['a.csv.checkpoint.jsonl', /--checkpoint/],
  ] as const) {
    const path = await folderWith({ 'a.csv': HEADER, [name]: 'what somebody else wrote\n' });
    await expect(forgetFiles(path('a.csv'), { all: true, stateDir: false })).rejects.toMatchObject({
      message: expect.not.stringMatching(/--(?:log|report)/) as unknown,
      next: expect.stringMatching(next) as unknown,
      exitStatus: 2,
    });
  }
});
