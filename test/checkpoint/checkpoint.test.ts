import { createHash } from 'node:crypto';
import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoint, readCheckpoint } from '../../src/checkpoint/checkpoint.js';
import type { AcceptedContact } from '../../src/checkpoint/facts/contact-facts.js';
import type { Sendable } from '../../src/checkpoint/state.js';
import type { Contact } from '../../src/contact/contact.js';
import { digest, digestText } from '../../src/contact/identity.js';
import { ImporterError } from '../../src/errors.js';
import { takeLock } from '../../src/storage/lock.js';
import { privateFolder } from '../support/folder.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
/** Nobody else is met. */
const ALONE = { stateDir: false } as const;
const OTHER_SCOPE = { ...SCOPE, bot: 'bot_2' };

const bytes = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);
/** Somebody, known by an e-mail, with something to say. */
const person = (who: string, what: string, others: Partial<Contact> = {}): Sendable => {
  const contact = { emails: [`${who}@example.com`], ...others };
  return { contact, identity: digest('email', contact.emails[0] ?? ''), payload: bytes(what) };
};
const accepted = (who: string, what: string): AcceptedContact => ({ contact: person(who, what), id: `ct_${who}` });
const idOf = (who: string): string => digestText(person(who, '').identity);
const AT_MS = Date.UTC(2026, 10, 25);

async function newPath(): Promise<string> {
  return join(await privateFolder(), 'contacts.csv.checkpoint.jsonl');
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ImporterError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a checkpoint', () => {
  it('remembers the payload last accepted for each identity', async () => {
    const path = await newPath();
    const first = await Checkpoint.open(path, SCOPE, ALONE);
    await Promise.all(Array.from({ length: 50 }, (_, n) => first.accepted(accepted(`p${n}`, 'a'))));
    await first.accepted(accepted('p1', 'b'));
    await first.accepted(accepted('p2', 'b'));
    await first.accepted(accepted('p2', 'a'));
    await first.close();

    const second = await Checkpoint.open(path, SCOPE, ALONE);
    expect(second.state.acceptedCount).toBe(50);
    expect(second.state.isUnchanged(person('p0', 'a'))).toBe(true);
    expect(second.state.isUnchanged(person('p1', 'a'))).toBe(false);
    expect(second.state.isUnchanged(person('p1', 'b'))).toBe(true);
    expect(second.state.isUnchanged(person('p2', 'b')), 'a value set back is sent').toBe(false);
    expect(second.state.isUnchanged(person('p99', 'a'))).toBe(false);
    await second.close();
  });

  it('is on disk when a fact was noted, and readable by its owner alone', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.accepted(accepted('ada', 'a'));
    expect(await readFile(path, 'utf8')).toContain(idOf('ada'));
    expect(await modeOf(path)).toBe(OWNER_ALONE);
    await checkpoint.close();
  });

  it('loads a prefix when it is cut at any byte, and goes on from there', async () => {
    const path = await newPath();
    const whole = await Checkpoint.open(path, SCOPE, ALONE);
    const facts = [accepted('a', '1'), accepted('b', '1'), accepted('a', '2'), accepted('c', '1')];
    for (const fact of facts) await whole.accepted(fact);
    await whole.close();
    const full = await readFile(path);
    const ends = [...full.keys()].filter((at) => full[at] === 10);

    for (let cut = 0; cut <= full.length; cut++) {
      await writeFile(path, full.subarray(0, cut));
      const wholeFacts = Math.max(0, ends.filter((end) => end < cut).length - 2);
      const expected = new Map(facts.slice(0, wholeFacts).map(({ contact, id }) => [id, contact]));
      const loaded = await readCheckpoint(path, SCOPE);
      expect(loaded?.acceptedCount ?? 0, `cut at ${cut}`).toBe(expected.size);
      for (const contact of expected.values()) expect(loaded?.isUnchanged(contact), `cut at ${cut}`).toBe(true);
      // To go on costs the disk: at the ends of lines, beside them, and here and there.
      if (cut % 17 !== 0 && !ends.some((end) => Math.abs(end - cut) <= 1)) continue;
      const reopened = await Checkpoint.open(path, SCOPE, ALONE);
      await reopened.accepted(accepted('z', '9'));
      await reopened.close();
      const again = await readCheckpoint(path, SCOPE);
      expect(again?.acceptedCount, `cut at ${cut}, appended`).toBe(expected.size + 1);
    }
  });

  it('keeps workspaces and bots apart in one file', async () => {
    const path = await newPath();
    for (const scope of [SCOPE, OTHER_SCOPE, SCOPE]) {
      const checkpoint = await Checkpoint.open(path, scope, ALONE);
      await checkpoint.accepted(accepted(scope.bot, 'a'));
      await checkpoint.close();
    }
    const one = await readCheckpoint(path, SCOPE);
    const other = await readCheckpoint(path, OTHER_SCOPE);
    expect(one?.isKnown(person('bot_1', ''))).toBe(true);
    expect(one?.isKnown(person('bot_2', ''))).toBe(false);
    expect(other?.isKnown(person('bot_2', ''))).toBe(true);
    expect((await readCheckpoint(path))?.scope, 'without a scope, the last one').toEqual(SCOPE);
  });

  it('knows a workspace by an address that an older version spelled otherwise', async () => {
    const path = await newPath();
    const spelled = { api: 'HTTP://127.0.0.1:4010/api/v1/', bot: 'bot_1' };
    const old = await Checkpoint.open(path, spelled);
    await old.accepted(accepted('ada', 'a'));
    await old.close();
    expect(await readFile(path, 'utf8')).toContain(spelled.api);
    const now = await Checkpoint.open(path, SCOPE, ALONE);
    expect(now.state.isKnown(person('ada', ''))).toBe(true);
    await now.close();
    expect((await readFile(path, 'utf8')).match(/"scope"/g)).toHaveLength(1);
  });

  it('remembers refusals until the payload changes or is accepted', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.refused(person('ada', 'bad'), 'conflict');
    expect(checkpoint.state.refusalOf(person('ada', 'bad'))).toBe('conflict');
    expect(checkpoint.state.refusalOf(person('ada', 'good'))).toBeUndefined();
    await checkpoint.accepted(accepted('ada', 'bad'));
    expect(checkpoint.state.refusalOf(person('ada', 'bad'))).toBeUndefined();
    await checkpoint.close();
  });

  it('forgets what was undone', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.accepted(accepted('ada', 'a'));
    await checkpoint.forgotten(idOf('ada'));
    expect(checkpoint.state.isKnown(person('ada', ''))).toBe(false);
    await checkpoint.close();
    expect((await readCheckpoint(path, SCOPE))?.acceptedCount).toBe(0);
  });

  it('takes nothing for unchanged of which another payload was sent and no answer recorded', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.accepted(accepted('ada', 'a'));
    await checkpoint.sending(person('ada', 'b'), AT_MS);
    await checkpoint.close();
    const cutOff = await readCheckpoint(path, SCOPE);
    expect(cutOff?.isUnchanged(person('ada', 'a'))).toBe(false);
    expect(cutOff?.isKnown(person('ada', ''))).toBe(true);

    const next = await Checkpoint.open(path, SCOPE, ALONE);
    await Promise.all(Array.from({ length: 3000 }, () => next.sending(person('ada', 'b'), AT_MS)));
    await next.close();
    const compacted = await Checkpoint.open(path, SCOPE, ALONE);
    expect((await stat(path)).size).toBeLessThan(1000);
    expect(compacted.state.isUnchanged(person('ada', 'a'))).toBe(false);
    await compacted.accepted(accepted('ada', 'a'));
    expect(compacted.state.isUnchanged(person('ada', 'a'))).toBe(true);
    await compacted.close();
    expect((await readCheckpoint(path, SCOPE))?.isUnchanged(person('ada', 'a'))).toBe(true);
  });

  it('does not take for unchanged whom a run for another bot was cut off at sending', async () => {
    const path = await newPath();
    const first = await Checkpoint.open(path, SCOPE, ALONE);
    await first.accepted(accepted('ada', 'a'));
    await first.close();
    const other = await Checkpoint.open(path, OTHER_SCOPE, ALONE);
    await other.sending(person('ada', 'a'), AT_MS);
    await other.close();
    expect((await readCheckpoint(path, SCOPE))?.isUnchanged(person('ada', 'a'))).toBe(false);
  });

  it('is compacted when it has grown well beyond its live entries, losing none', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    for (let round = 0; round < 8; round++) {
      await checkpoint.accepted(...Array.from({ length: 500 }, (_, n) => accepted(`p${n}`, `${round}`)));
    }
    await checkpoint.note({ kind: 'pace', even: true });
    await checkpoint.refused(person('r', 'x'), 'c');
    await checkpoint.close();
    const before = await stat(path);

    const stateDir = await privateFolder();
    const compacted = await Checkpoint.open(path, SCOPE, { stateDir });
    const now = await stat(path);
    expect(now.size).toBeLessThan(before.size / 4);
    const lockOf = ({ dev, ino }: typeof now): string => join(stateDir, 'clarky-contacts', 'locks', `${dev}-${ino}`);
    expect(await codeOf(takeLock(lockOf(now)))).toBe('locked');
    // The number of the file that it was may be another file's at once.
    await (await takeLock(lockOf(before))).release();
    expect(compacted.state.acceptedCount).toBe(500);
    expect(compacted.state.evenPace).toBe(true);
    expect(compacted.state.refusalOf(person('r', 'x'))).toBe('c');
    for (let n = 0; n < 500; n++) expect(compacted.state.isUnchanged(person(`p${n}`, '7'))).toBe(true);
    await compacted.accepted(accepted('new', 'a'));
    await compacted.close();
    expect((await readCheckpoint(path, SCOPE))?.acceptedCount).toBe(501);
    expect(await modeOf(path)).toBe(OWNER_ALONE);
  });

  it('keeps the last finished run when it is compacted after two that were killed', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    const at = '2026-11-25T00:00:00.000Z';
    await checkpoint.note({ kind: 'started', at, rows: 100 }, { kind: 'ended', at, exit: 0, counts: { rows: 100 } });
    for (const rows of [101, 102]) await checkpoint.note({ kind: 'started', at, rows });
    for (let round = 0; round < 8; round++) {
      await checkpoint.accepted(...Array.from({ length: 500 }, (_, n) => accepted(`p${n}`, `${round}`)));
    }
    await checkpoint.close();
    const before = (await stat(path)).size;

    const compacted = await Checkpoint.open(path, SCOPE, ALONE);
    expect((await stat(path)).size).toBeLessThan(before / 4);
    expect(compacted.state.runs.finished).toMatchObject({ rows: 100, exit: 0 });
    expect(compacted.state.runs.last).toEqual({ start: at, rows: 102, live: false });
    await compacted.close();
  });

  it('keeps the last run of each sheet when it is compacted, and how far an undo was that was killed', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    const at = '2026-11-25T00:00:00.000Z';
    const ran = async (name: string, rows: number): Promise<void> =>
      checkpoint.note(
        { kind: 'started', at, rows, sheet: { name, of: 2 } },
        { kind: 'ended', at, exit: 0, counts: { rows } },
      );
    for (const [name, rows] of [
      ['People', 1],
      ['Others', 2],
      ['People', 3],
    ] as const)
      await ran(name, rows);
    for (let round = 0; round < 8; round++) {
      await checkpoint.accepted(...Array.from({ length: 500 }, (_, n) => accepted(`p${n}`, `${round}`)));
    }
    await checkpoint.note({ kind: 'undone', at, import: { at, sheet: 'People' }, of: 500, done: 0, left: 0 });
    await checkpoint.forgotten(idOf('p1'), 'deleted');
    await checkpoint.forgotten(idOf('p2'), 'there');
    // By an undo that goes on with one that was killed.
    await checkpoint.forgotten(idOf('p1'), 'deleted');
    expect(checkpoint.state.runs.undone?.done).toBe(2);
    await checkpoint.close();
    const before = (await stat(path)).size;

    const compacted = await Checkpoint.open(path, SCOPE, ALONE);
    expect((await stat(path)).size).toBeLessThan(before / 4);
    const { runs } = compacted.state;
    expect(runs.ofSheets.map(({ sheet, rows, exit }) => [sheet?.name, rows, exit])).toEqual([
      ['Others', 2, 0],
      ['People', 3, 0],
    ]);
    expect(runs.undone).toMatchObject({ import: { sheet: 'People' }, of: 500, done: 2, left: 0 });
    // The next import is told of anew.
    await compacted.note({ kind: 'started', at, rows: 4, sheet: { name: 'Others', of: 2 } });
    expect(runs.undone).toBeUndefined();
    await compacted.close();
  });

  it('keeps what is not ASCII', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.note({ kind: 'stages', ids: { Prüfung: 'st_1' } });
    await checkpoint.accepted({ contact: person('ada', 'a'), id: 'ct_ä' });
    await checkpoint.close();
    const state = await readCheckpoint(path, SCOPE);
    expect([...(state?.stages ?? [])]).toEqual([['Prüfung', 'st_1']]);
    expect(state?.ownerOfId('ct_ä')).toBe(state?.numberOf(person('ada', '')));
  });

  it('says in one sentence that a line is longer than any of ours', async () => {
    const path = await newPath();
    await writeFile(path, Buffer.alloc((64 << 20) + (2 << 20), 'x'));
    await expect(Checkpoint.open(path, SCOPE, ALONE)).rejects.toThrow(
      /line 1 has more than 64 MB. It was left as it is/,
    );
  });

  it.each([
    ['a file of somebody else', 'name,email\nAda,ada@example.com\n'],
    ['a newer version', '{"format":"clarky-contacts checkpoint","version":2}\n'],
    ['a short file without a newline', 'hello'],
    ['damage in the middle', '{"format":"clarky-contacts checkpoint","version":1}\n\u0000\u0000\n{"pace":"even"}\n'],
  ])('refuses %s and leaves it as it is', async (_, content) => {
    const path = await newPath();
    await writeFile(path, content);
    expect(await codeOf(Checkpoint.open(path, SCOPE, ALONE))).toBe('bad_checkpoint');
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it('says so when its folder is missing', async () => {
    const path = join(await privateFolder(), 'missing', 'x.jsonl');
    expect(await codeOf(Checkpoint.open(path, SCOPE, ALONE))).toBe('not_writable');
  });

  it('follows a link of our own', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'real'), '');
    await symlink(join(folder, 'real'), join(folder, 'link'));
    const checkpoint = await Checkpoint.open(join(folder, 'link'), SCOPE, ALONE);
    await checkpoint.accepted(accepted('ada', 'a'));
    await checkpoint.close();
    expect(await readFile(join(folder, 'real'), 'utf8')).toContain(idOf('ada'));
  });
});
