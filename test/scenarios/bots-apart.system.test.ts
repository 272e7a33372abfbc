/** A workspace whose bots each have their own contacts: another bot's contact stays as it is, and the row's is made, or found, at the own bot. */
import { describe, expect, it } from 'vitest';
import { undoImport } from '../../src/run/undo/undo.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import type { SandboxContact, SandboxOptions } from '../../src/sandbox/index.js';
import { workbench, type Workbench } from './workbench.js';

const [ONE, TWO] = ['bot_1', 'bot_2'];
const HEAD = 'First name,Last name,Email,Phone,Company,Tags\n';
const ANN = 'Ann,Lee,ann@x.com,+442079461001,New,of the list\n';
const BO = 'Bo,Day,,+442079461002,New,of the list\n';
const CID = 'Cid,Moor,cid@x.com,,New,of the list\n';
const EVERYBODY = `${HEAD}${ANN}${BO}${CID}`;

interface Bots {
  readonly bench: Workbench;
  readonly at: (bot: string) => SandboxContact[];
  readonly undo: () => ReturnType<typeof undoImport>;
  readonly verify: () => ReturnType<typeof verifyContacts>;
}

/** @param have which bots have the three beforehand */
async function bots(text: string, have: readonly string[], readings: SandboxOptions['readings'] = {}): Promise<Bots> {
  const bench = await workbench(text, { bots: [ONE, TWO], readings: { dedupeScope: 'bot', ...readings } });
  const [ann, bo] = [['+442079461001'], ['+442079461002']];
  for (const bot_id of have) {
    const rest = { company: 'Old', tags: [`of ${bot_id}`], bot_id };
    bench.sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], phone_numbers: ann, ...rest }]);
    bench.sandbox.seed([{ first_name: 'Bo', last_name: 'Day', phone_numbers: bo, ...rest }]);
    bench.sandbox.seed([{ first_name: 'Cid', last_name: 'Moor', emails: ['cid@x.com'], ...rest }]);
  }
  const of = { file: bench.file, ...bench.api, bot: TWO };
  const byName = (one: SandboxContact, other: SandboxContact): number =>
    String(one.first_name).localeCompare(String(other.first_name));
  return {
    bench,
    at: (bot) =>
      bench.sandbox
        .contacts()
        .filter(({ bot_id: its }) => its === bot)
        .sort(byName),
    undo: () => undoImport({ ...of, confirm: () => Promise.resolve(true) }),
    verify: () => verifyContacts({ ...of, report: false }),
  };
}

const shown = (contacts: readonly SandboxContact[]): unknown[] =>
  contacts.map((one) => [one.first_name, one.company, one.emails, one.phone_numbers, one.tags]);

const MADE = [
  ['Ann', 'New', ['ann@x.com'], ['+442079461001'], ['of the list']],
  ['Bo', 'New', [], ['+442079461002'], ['of the list']],
  ['Cid', 'New', ['cid@x.com'], [], ['of the list']],
];

describe('whom another bot has, where each has its own', () => {
  it.each([
    ['everybody', EVERYBODY, [0, 1, 2], {}],
    ['one with a phone alone', `${HEAD}${BO}`, [1], {}],
    ['everybody, where an update empties what it does not name', EVERYBODY, [0, 1, 2], { missingFields: 'clear' }],
    ['everybody, where Clarky answers 200 to all', EVERYBODY, [0, 1, 2], { createdStatus: 200 }],
  ] as const)('stays with it untouched, and is made for the own: %s', async (_, text, who, readings) => {
    const { bench, at, undo, verify } = await bots(text, [ONE], readings);
    const before = at(ONE);
    const { summary, exitStatus } = await bench.import({ bot: TWO });
    expect([summary.created, summary.updated, summary.rejected, exitStatus]).toEqual([who.length, 0, 0, 0]);
    expect(at(ONE)).toEqual(before);
    expect(shown(at(TWO))).toEqual(who.map((at) => MADE[at]));
    expect(await verify()).toMatchObject({ same: who.length, exit: 0 });
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ unchanged: who.length, requests: 0 });
    expect(await undo()).toMatchObject({ deleted: who.length, setBack: 0, left: [], exitStatus: 0 });
    expect(bench.sandbox.contacts()).toEqual(before);
  });

  it('is said to be either in the first plan, and to be made once an import has seen it', async () => {
    const { bench, at, undo } = await bots(EVERYBODY, [ONE]);
    const first = await bench.plan({ live: { ...bench.api, bot: TWO } });
    expect(first).toMatchObject({ created: 0, updated: 3, rejected: 0 });
    expect(first.notes.join('\n')).toContain('3 of the contacts to be updated are with another bot in Clarky (bot_1)');
    const told: string[] = [];
    const onEvent = (event: { type: string; code?: string; message?: string }): unknown =>
      event.code === 'bots_apart' && told.push(event.message ?? '');
    await bench.import({ bot: TWO, onEvent });
    expect(told).toEqual([expect.stringContaining('each bot has contacts of its own')]);
    await undo();
    const before = at(ONE);
    const second = await bench.plan({ live: { ...bench.api, bot: TWO } });
    expect(second).toMatchObject({ created: 3, updated: 0, changes: [] });
    expect(second.notes.join('\n')).not.toContain('with another bot');
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 3, updated: 0 });
    expect(at(ONE)).toEqual(before);
  });

  it('is not met in place of whom the own bot has', async () => {
    const { bench, at, undo, verify } = await bots(EVERYBODY, [ONE, TWO]);
    const [ofOne, ofTwo] = [at(ONE), at(TWO)];
    expect(await bench.plan({ live: { ...bench.api, bot: TWO } })).toMatchObject({ created: 0, updated: 3 });
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 0, updated: 3, rejected: 0 });
    expect(at(ONE)).toEqual(ofOne);
    expect(at(TWO).map(({ id, company }) => [id, company])).toEqual(ofTwo.map(({ id }) => [id, 'New']));
    expect(at(TWO).map(({ tags }) => tags)).toEqual(ofTwo.map(() => ['of bot_2', 'of the list']));
    expect(await verify()).toMatchObject({ same: 3, exit: 0 });
    expect(await undo()).toMatchObject({ setBack: 3, left: [], exitStatus: 0 });
    expect(shown(at(TWO))).toEqual(shown(ofTwo));
  });

  it.each(['bot', 'workspace'] as const)(
    'is told by an upsert that finds nobody else, though others have its phone: dedupe in the %s',
    async (dedupeScope) => {
      const row = 'Ann,Lee,ann@x.com,+442079461009,New,of the list\n';
      const { bench, at, undo } = await bots(`${HEAD}${row}`, [ONE], { dedupeScope });
      const gus = { first_name: 'Gus', last_name: 'Orr', emails: ['gus@x.com'], phone_numbers: ['+442079461001'] };
      bench.sandbox.seed([{ ...gus, bot_id: ONE }]);
      const before = at(ONE);
      const made = dedupeScope === 'bot' ? 1 : 0;
      const { summary, exitStatus } = await bench.import({ bot: TWO });
      expect([summary.created, summary.updated, summary.rejected, exitStatus]).toEqual([made, 1 - made, 0, 0]);
      expect(at(ONE)).toEqual(made === 1 ? before : before.filter(({ first_name: name }) => name !== 'Ann'));
      const [phones, tags] = [
        ['+442079461001', '+442079461009'],
        ['of bot_1', 'of the list'],
      ];
      const whole = ['Ann', 'New', ['ann@x.com'], phones.slice(made), tags.slice(made)];
      expect(shown(at(TWO))).toEqual([whole]);
      expect(await undo()).toMatchObject({ left: [], exitStatus: 0 });
      expect(shown(at(ONE))).toEqual(shown(before));
      expect(at(TWO)).toEqual([]);
    },
  );

  it('is made with its new e-mail as well, where the other has a phone alone', async () => {
    const { bench, at, undo } = await bots(`${HEAD}Bo,Day,bo@x.com,+442079461002,New,\n`, [ONE]);
    const before = at(ONE);
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 1, updated: 0, rejected: 0 });
    expect(at(ONE)).toEqual(before);
    expect(shown(at(TWO))).toEqual([['Bo', 'New', ['bo@x.com'], ['+442079461002'], []]]);
    expect(await undo()).toMatchObject({ deleted: 1, left: [] });
  });

  it('is not met either in a workspace that is asked for each', async () => {
    const { bench, at, undo, verify } = await bots(EVERYBODY, [ONE, TWO]);
    bench.sandbox.seed(Array.from({ length: 2500 }, (_, n) => ({ emails: [`n${n}@y.com`], bot_id: ONE })));
    const [ofOne, ofTwo] = [at(ONE), at(TWO)];
    expect(await bench.plan({ live: { ...bench.api, bot: TWO } })).toMatchObject({ created: 0, updated: 3 });
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 0, updated: 3, rejected: 0 });
    expect(at(ONE)).toEqual(ofOne);
    expect(at(TWO).map(({ id, tags }) => [id, tags])).toEqual(ofTwo.map(({ id }) => [id, ['of bot_2', 'of the list']]));
    expect(await verify()).toMatchObject({ same: 3, exit: 0 });
    expect(await undo()).toMatchObject({ setBack: 3, left: [], exitStatus: 0 });
  });

  it('is not planned to be made where the same e-mail at two bots shows it', async () => {
    const { bench } = await bots(EVERYBODY, [ONE]);
    const dee = { first_name: 'Dee', last_name: 'Fox', emails: ['dee@x.com'] };
    bench.sandbox.seed([{ ...dee, bot_id: ONE }]);
    bench.sandbox.seed([{ ...dee, bot_id: TWO }]);
    expect(await bench.plan({ live: { ...bench.api, bot: TWO } })).toMatchObject({ created: 3, updated: 0 });
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 3, updated: 0 });
  });
});

describe('whom another bot has, where all share their contacts', () => {
  it('goes to the bot of the import, as the plan says', async () => {
    const { bench, at, undo } = await bots(EVERYBODY, [ONE], { dedupeScope: 'workspace' });
    const before = at(ONE);
    const api = { ...bench.api, bot: TWO };
    expect(await bench.plan({ live: api })).toMatchObject({ created: 0, updated: 3 });
    expect((await bench.import({ bot: TWO })).summary).toMatchObject({ created: 0, updated: 3 });
    expect([at(ONE), at(TWO).map(({ id }) => id)]).toEqual([[], before.map(({ id }) => id)]);
    expect(at(TWO).map(({ tags }) => tags)).toEqual(before.map(() => ['of bot_1', 'of the list']));
    expect(await undo()).toMatchObject({ setBack: 3, left: [] });
    expect(shown(at(ONE))).toEqual(shown(before));
    // It was seen: there is nothing left to say.
    expect((await bench.plan({ live: api })).notes.join('\n')).not.toContain('with another bot');
  });
});
