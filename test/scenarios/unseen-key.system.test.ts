/** A key that may not read: who is known by an id is changed by it, or held, and never made a second time. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportOptions } from '../../src/run/settings.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const HEAD = 'First name,Last name,Email,Email 2,Phone,Phone 2,Notes\n';
const BEFORE = `${HEAD}Ann,Lee,a@x.com,b@x.com,,,1\nDora,Kent,d@x.com,,+442079461004,+442079461005,1\n`;
/** Each has lost that by which Clarky has them. */
const AFTER = `${HEAD}Ann,Lee,b@x.com,,,,2\nDora,Kent,,,+442079461005,,2\n`;

/** Clarky looks at the first e-mail and phone of each alone. @param onPatch the status of a change by the id, where not its own */
async function sent(onPatch?: number): Promise<{ bench: Workbench; how: Partial<ImportOptions> }> {
  const bench = await workbench(BEFORE, { readings: { emailMatch: 'primary', phoneMatch: 'primary' } });
  const apiUrl = await behindProxy(
    bench,
    () => Promise.resolve(),
    (text) => text,
    (status, method) => (method === 'PATCH' ? (onPatch ?? status) : status),
  );
  const how = { apiUrl, live: false, concurrency: 1, bot: bench.sandbox.botId, key: bench.sandbox.writeOnlyKey };
  expect((await bench.import(how)).summary).toMatchObject({ created: 2 });
  await bench.write(AFTER);
  return { bench, how };
}

describe('with a key that may not read', () => {
  it('who lost the first e-mail or phone is changed by the id', async () => {
    const { bench, how } = await sent();
    const warned: string[] = [];
    const { summary, exitStatus } = await bench.import({
      ...how,
      onEvent: (event) => void (event.type === 'warning' && warned.push(event.code)),
    });
    expect(summary).toMatchObject({ created: 0, updated: 2, rejected: 0 });
    expect(exitStatus).toBe(0);
    const notes = bench.sandbox.contacts().map(({ first_name: name, notes }) => `${String(name)} ${String(notes)}`);
    expect(notes.sort()).toEqual(['Ann 2', 'Dora 2']);
    expect(warned.filter((code) => code === 'may_not_read')).toHaveLength(1);
    expect((await bench.import(how)).summary).toMatchObject({ unchanged: 2, requests: 0 });
    await bench.write(AFTER.replaceAll(',2\n', ',3\n'));
    expect((await bench.import(how)).summary).toMatchObject({ created: 0, updated: 2 });
  });

  it('and of whom Clarky lets nothing be changed by the id is rejected', async () => {
    const { bench, how } = await sent(405);
    const { summary, exitStatus } = await bench.import(how);
    expect(bench.sandbox.contacts()).toHaveLength(2);
    expect([summary.created, summary.reasons, exitStatus]).toEqual([0, { unseen_in_clarky: 2 }, 3]);
  });

  it('nobody is asked for after the first that it may not see, whoever wants to look', async () => {
    const bench = await workbench(BEFORE, { readings: { emailMatch: 'primary', phoneMatch: 'primary' } });
    const { key, writeOnlyKey, botId: bot, requests } = bench.sandbox;
    const stateDir = join(bench.folder, 'state');
    const how = { ...bench.api, stateDir, bot, concurrency: 1 };
    await importContacts({ file: bench.file, ...how, key });
    const other = join(bench.folder, 'april.csv');
    await writeFile(other, `${HEAD}Zed,Quux,z@x.com,,+442079461004,,1\nYan,Xu,y@x.com,,+442079461005,,1\n`);
    await bench.write(AFTER);
    const askedOf = async (file: string): Promise<{ looks: number; warned: string[]; rejected: number }> => {
      const [before, warned] = [requests.length, new Array<string>()];
      const { summary } = await importContacts({
        ...{ ...how, file, key: writeOnlyKey },
        onEvent: (event) => void (event.type === 'warning' && event.code === 'may_not_read' && warned.push(event.code)),
      });
      const looks = requests
        .slice(before)
        .filter(({ path }) => path.includes('/contacts'))
        .filter(isLook);
      return { looks: looks.length, warned, rejected: summary.rejected };
    };
    // Whether somebody of another list is there still, and whether those of this one are.
    expect(await askedOf(other)).toEqual({ looks: 1, warned: ['may_not_read'], rejected: 2 });
    expect(await askedOf(bench.file)).toEqual({ looks: 1, warned: ['may_not_read'], rejected: 0 });
  });
});

const isLook = ({ method }: { readonly method: string }): boolean => method === 'GET';
