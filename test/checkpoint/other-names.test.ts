import { link, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoint, readCheckpoint } from '../../src/checkpoint/checkpoint.js';
import type { AcceptedContact } from '../../src/checkpoint/facts/contact-facts.js';
import { digest } from '../../src/contact/identity.js';
import { ImporterError } from '../../src/errors.js';
import { AppendLog } from '../../src/storage/append-log.js';
import { privateFolder } from '../support/folder.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
/** As two containers: no lock of one can be seen by the other. */
const ALONE = { stateDir: false } as const;

function accepted(who: string, payload = 1): AcceptedContact {
  const contact = { emails: [`${who}@example.com`] };
  return {
    contact: { contact, identity: digest('email', contact.emails[0] ?? ''), payload: Buffer.alloc(16, payload) },
    id: who,
  };
}

async function twoNames(): Promise<[string, string]> {
  const folder = await privateFolder();
  const names = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')] as const;
  await (await Checkpoint.open(names[0], SCOPE, ALONE)).close();
  await link(...names);
  return [...names];
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error instanceof ImporterError ? error.code : String(error)),
  );
}

describe('one checkpoint under two names whose locks do not meet', () => {
  it('stops the import that finds it written to by another, before anything more is sent', async () => {
    const [one, two] = await twoNames();
    const first = await Checkpoint.open(one, SCOPE, ALONE);
    await first.accepted(accepted('ada'));
    const second = await Checkpoint.open(two, SCOPE, ALONE);
    await second.accepted(accepted('bob'));
    expect(await codeOf(first.sending(accepted('cy').contact, 1))).toBe('locked');
    expect(await codeOf(first.accepted(accepted('cy'))), 'from then on always').toBe('locked');
    await second.accepted(accepted('dee'));
    await Promise.all([first.close(), second.close()]);
    expect((await readCheckpoint(one, SCOPE))?.acceptedCount).toBe(3);
    const again = await Checkpoint.open(one, SCOPE, ALONE);
    await again.accepted(accepted('cy'));
    await again.close();
    expect((await readCheckpoint(two, SCOPE))?.acceptedCount).toBe(4);
  });

  it('cuts off no line that another has written since it was read', async () => {
    const [one, two] = await twoNames();
    const log = await AppendLog.open(two);
    await log.forEachLine(() => undefined);
    const first = await Checkpoint.open(one, SCOPE, ALONE);
    await first.accepted(accepted('ada'));
    expect(await codeOf(log.cutTornLine())).toBe('locked');
    await Promise.all([log.close(), first.close()]);
    expect(await readFile(one, 'utf8')).toContain('"ada"');
  });

  it('stays one file however it has grown', async () => {
    const [one, two] = await twoNames();
    const first = await Checkpoint.open(one, SCOPE, ALONE);
    for (let payload = 0; payload < 6; payload += 1) {
      await first.accepted(...Array.from({ length: 500 }, (_, n) => accepted(`p${n}`, payload)));
    }
    await first.close();
    await (await Checkpoint.open(two, SCOPE, ALONE)).close();
    expect((await stat(one)).ino).toBe((await stat(two)).ino);
  });
});
