import { createHash } from 'node:crypto';
import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoint, readCheckpoint } from '../../src/checkpoint/checkpoint.js';
import type { Fact } from '../../src/checkpoint/format.js';
import { ImporterError } from '../../src/errors.js';
import { privateFolder } from '../support/folder.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
const OTHER_SCOPE = { ...SCOPE, bot: 'bot_2' };

const bytes = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);
const text = (of: string): string => bytes(of).toString('base64url');
const accepted = (who: string, what: string): Fact => ({
  kind: 'accepted',
  identity: text(who),
  payload: text(what),
  id: `ct_${who}`,
});

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
    const first = await Checkpoint.open(path, SCOPE);
    await Promise.all(Array.from({ length: 50 }, (_, n) => first.append(accepted(`p${n}`, 'a'))));
    await first.append(accepted('p1', 'b'));
    await first.append(accepted('p2', 'b'));
    await first.append(accepted('p2', 'a'));
    await first.close();

    const second = await Checkpoint.open(path, SCOPE);
    expect(second.state.acceptedCount).toBe(50);
    expect(second.state.isUnchanged(bytes('p0'), bytes('a'))).toBe(true);
    expect(second.state.isUnchanged(bytes('p1'), bytes('a'))).toBe(false);
    expect(second.state.isUnchanged(bytes('p1'), bytes('b'))).toBe(true);
    expect(second.state.isUnchanged(bytes('p2'), bytes('b')), 'a value set back is sent').toBe(false);
    expect(second.state.isUnchanged(bytes('p99'), bytes('a'))).toBe(false);
    await second.close();
  });

  it('is on disk when append returns, and readable by its owner alone', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE);
    await checkpoint.append(accepted('ada', 'a'));
    expect(await readFile(path, 'utf8')).toContain(text('ada'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await checkpoint.close();
  });

  it('loads a prefix when it is cut at any byte, and goes on from there', async () => {
    const path = await newPath();
    const whole = await Checkpoint.open(path, SCOPE);
    const facts = [accepted('a', '1'), accepted('b', '1'), accepted('a', '2'), accepted('c', '1')];
    for (const fact of facts) await whole.append(fact);
    await whole.close();
    const full = await readFile(path);
    const ends = [...full.keys()].filter((at) => full[at] === 10);

    for (let cut = 0; cut <= full.length; cut++) {
      await writeFile(path, full.subarray(0, cut));
      const reopened = await Checkpoint.open(path, SCOPE);
      const wholeFacts = Math.max(0, ends.filter((end) => end < cut).length - 2);
      const expected = new Map(
        facts.slice(0, wholeFacts).flatMap((f) => (f.kind === 'accepted' ? [[f.identity, f.payload]] : [])),
      );
      expect(reopened.state.acceptedCount, `cut at ${cut}`).toBe(expected.size);
      for (const [identity, payload] of expected) {
        const known = reopened.state.isUnchanged(
          Buffer.from(identity ?? '', 'base64url'),
          Buffer.from(payload ?? '', 'base64url'),
        );
        expect(known, `cut at ${cut}`).toBe(true);
      }
      await reopened.append(accepted('z', '9'));
      await reopened.close();
      const again = await readCheckpoint(path, SCOPE);
      expect(again?.acceptedCount, `cut at ${cut}, appended`).toBe(expected.size + 1);
    }
  });

  it('keeps workspaces and bots apart in one file', async () => {
    const path = await newPath();
    for (const scope of [SCOPE, OTHER_SCOPE, SCOPE]) {
      const checkpoint = await Checkpoint.open(path, scope);
      await checkpoint.append(accepted(scope.bot, 'a'));
      await checkpoint.close();
    }
    const one = await readCheckpoint(path, SCOPE);
    const other = await readCheckpoint(path, OTHER_SCOPE);
    expect(one?.isKnown(bytes('bot_1'))).toBe(true);
    expect(one?.isKnown(bytes('bot_2'))).toBe(false);
    expect(other?.isKnown(bytes('bot_2'))).toBe(true);
    expect((await readCheckpoint(path))?.scope, 'without a scope, the last one').toEqual(SCOPE);
  });

  it('knows a workspace by an address that an older version spelled otherwise', async () => {
    const path = await newPath();
    const spelled = { api: 'HTTP://127.0.0.1:4010/api/v1/', bot: 'bot_1' };
    const old = await Checkpoint.open(path, spelled);
    await old.append(accepted('ada', 'a'));
    await old.close();
    expect(await readFile(path, 'utf8')).toContain(spelled.api);
    const now = await Checkpoint.open(path, SCOPE);
    expect(now.state.isKnown(bytes('ada'))).toBe(true);
    await now.close();
    expect((await readFile(path, 'utf8')).match(/"scope"/g)).toHaveLength(1);
  });

  it('remembers refusals until the payload changes or is accepted', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE);
    await checkpoint.append({ kind: 'refused', identity: text('ada'), payload: text('bad'), code: 'conflict' });
    expect(checkpoint.state.refusalOf(bytes('ada'), text('bad'))).toBe('conflict');
    expect(checkpoint.state.refusalOf(bytes('ada'), text('good'))).toBeUndefined();
    await checkpoint.append(accepted('ada', 'bad'));
    expect(checkpoint.state.refusalOf(bytes('ada'), text('bad'))).toBeUndefined();
    await checkpoint.close();
  });

  it('forgets what was undone', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE);
    await checkpoint.append(accepted('ada', 'a'), { kind: 'forgotten', identity: text('ada') });
    expect(checkpoint.state.isKnown(bytes('ada'))).toBe(false);
    await checkpoint.close();
    expect((await readCheckpoint(path, SCOPE))?.acceptedCount).toBe(0);
  });

  it('takes nothing for unchanged of which another payload was sent and no answer recorded', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE);
    const sending: Fact = { kind: 'sending', identity: text('ada') };
    await checkpoint.append(accepted('ada', 'a'), sending);
    await checkpoint.close();
    const cutOff = await readCheckpoint(path, SCOPE);
    expect(cutOff?.isUnchanged(bytes('ada'), bytes('a'))).toBe(false);
    expect(cutOff?.isKnown(bytes('ada'))).toBe(true);

    const next = await Checkpoint.open(path, SCOPE);
    await next.append(...Array.from({ length: 3000 }, () => sending));
    await next.close();
    const compacted = await Checkpoint.open(path, SCOPE);
    expect((await stat(path)).size).toBeLessThan(1000);
    expect(compacted.state.isUnchanged(bytes('ada'), bytes('a'))).toBe(false);
    await compacted.append(accepted('ada', 'a'));
    expect(compacted.state.isUnchanged(bytes('ada'), bytes('a'))).toBe(true);
    await compacted.close();
    expect((await readCheckpoint(path, SCOPE))?.isUnchanged(bytes('ada'), bytes('a'))).toBe(true);
  });

  it('is compacted when it has grown well beyond its live entries, losing none', async () => {
    const path = await newPath();
    const checkpoint = await Checkpoint.open(path, SCOPE);
    for (let round = 0; round < 8; round++) {
      await checkpoint.append(...Array.from({ length: 500 }, (_, n) => accepted(`p${n}`, `${round}`)));
    }
    await checkpoint.append(
      { kind: 'pace', even: true },
      { kind: 'refused', identity: text('r'), payload: text('x'), code: 'c' },
    );
    await checkpoint.close();
    const before = (await stat(path)).size;

    const compacted = await Checkpoint.open(path, SCOPE);
    expect((await stat(path)).size).toBeLessThan(before / 4);
    expect(compacted.state.acceptedCount).toBe(500);
    expect(compacted.state.evenPace).toBe(true);
    expect(compacted.state.refusalOf(bytes('r'), text('x'))).toBe('c');
    for (let n = 0; n < 500; n++) expect(compacted.state.isUnchanged(bytes(`p${n}`), bytes('7'))).toBe(true);
    await compacted.append(accepted('new', 'a'));
    await compacted.close();
    expect((await readCheckpoint(path, SCOPE))?.acceptedCount).toBe(501);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a file of somebody else', 'name,email\nAda,ada@example.com\n'],
    ['a newer version', '{"format":"clarky-contacts checkpoint","version":2}\n'],
    ['a short file without a newline', 'hello'],
    ['damage in the middle', '{"format":"clarky-contacts checkpoint","version":1}\n\u0000\u0000\n{"pace":"even"}\n'],
  ])('refuses %s and leaves it as it is', async (_, content) => {
    const path = await newPath();
    await writeFile(path, content);
    expect(await codeOf(Checkpoint.open(path, SCOPE))).toBe('bad_checkpoint');
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it('says so when its folder is missing', async () => {
    const path = join(await privateFolder(), 'missing', 'x.jsonl');
    expect(await codeOf(Checkpoint.open(path, SCOPE))).toBe('not_writable');
  });

  it('follows a link of our own', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'real'), '');
    await symlink(join(folder, 'real'), join(folder, 'link'));
    const checkpoint = await Checkpoint.open(join(folder, 'link'), SCOPE);
    await checkpoint.append(accepted('ada', 'a'));
    await checkpoint.close();
    expect(await readFile(join(folder, 'real'), 'utf8')).toContain(text('ada'));
  });
});
