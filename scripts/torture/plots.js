/**
 * Rounds with a plot: a workspace that holds people already, phones that pass to others, e-mails that change places, two
 * importers at once, an import that is taken back. Each is killed and run again like any other, and has its own judge.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bystanders } from './bystanders.js';
import { drawKill } from './chaos.js';
import { killAt, start } from './processes.js';
import { seeded } from './random.js';

const TRIES_TO_FINISH = 15;
/** How long some writes lie before they land, and how long the importer waits for an answer. */
const LATE_MS = 1000;
const MAX_OUTAGE_SECONDS = 3;
const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Tags'];
const NAMES = ['Ada', 'Bruno', 'Dmitri', 'Esperanza', 'Friedrich', 'Hiroko', 'Ingeborg', 'Zoltan'];
const SURNAMES = ['Lovelace', 'Kowalski', 'Orlov', 'Marquez', 'Nietsche', 'Tanaka', 'Bachmann', 'Kodaly', 'Ferreira'];

/** How a server may take it; what it clears is another plot's matter. @param {import('./random.js').Random} random */
function drawServer(random) {
  return {
    writes: { limit: 0, windowMs: 1000 },
    reads: { limit: 0, windowMs: 1000 },
    latency: { minMs: 0, maxMs: random.pick([0, 10, 40]) },
    seed: random.whole(1, 1e9),
    readings: {
      answers: random.pick(['strings', 'objects']),
      tags: random.pick(['replace', 'join']),
      emailMatch: random.pick(['primary', 'any']),
      phoneMatch: random.pick(['primary', 'any']),
      winner: random.pick(['email', 'phone', 'newest']),
      pagination: random.pick(['numbers', 'strings', 'none']),
    },
  };
}

/** Half of the time, some writes land late. @param {import('./random.js').Random} random */
function drawLate(random) {
  return { on: 'writes', lateMs: LATE_MS, probabilities: { late: random.pick([0, 0.15]) } };
}

class Stage {
  /** @type {string[]} */
  failures = [];
  folder = mkdtempSync(join(tmpdir(), 'clarky-contacts-torture-'));
  bystanders = new Bystanders(this.folder);

  constructor(random, sandbox, { cli, figures }) {
    this.random = random;
    this.sandbox = sandbox;
    this.cli = cli;
    this.figures = figures;
  }

  person(n) {
    return {
      first: NAMES[n % NAMES.length],
      last: `${SURNAMES[n % SURNAMES.length]}${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10) % 10]}`,
      email: `p${n}@example.com`,
      phone: `+44207946${String(n).padStart(4, '0')}`,
    };
  }

  /** @param {string[][]} rows */
  write(name, rows) {
    const lines = [HEADER, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(','));
    writeFileSync(join(this.folder, name), `${lines.join('\n')}\n`);
  }

  start(command, name, flags = []) {
    this.figures.runs++;
    const args = [command, join(this.folder, name), '--rate', 'off', '--max-outage', MAX_OUTAGE_SECONDS, ...flags];
    return start(this.cli, args, {
      PATH: process.env.PATH,
      HOME: this.folder,
      XDG_STATE_HOME: join(this.folder, 'state'),
      CLARKY_API_URL: this.sandbox.url,
      CLARKY_KEY: this.sandbox.key,
    });
  }

  async killed(running) {
    const ended = await killAt(running, drawKill(this.random), () => this.sandbox.stats().writes);
    if (ended.signal === 'SIGKILL') this.figures.kills++;
    return ended;
  }

  /** Runs a command until it comes to its end. */
  async finish(command, name, flags = []) {
    let ended;
    for (let tries = 0; tries < TRIES_TO_FINISH; tries++) {
      ended = await this.start(command, name, flags).ended;
      if (ended.code === 0 || ended.code === 3) return ended;
      if (ended.code !== 5 && ended.code !== 6) break;
    }
    this.fail('broken', `${command} ${name} ended with ${ended?.code}: ${ended?.stderr.slice(0, 1000)}`);
    return ended;
  }

  fail(kind, what) {
    this.figures[kind]++;
    this.failures.push(`${kind}: ${what}`);
  }

  /** No e-mail is with two contacts. */
  judgeOnce() {
    const holders = new Map();
    for (const { id, internal } of this.sandbox.contacts()) {
      for (const { value } of internal.emails) holders.set(value, [...(holders.get(value) ?? []), id]);
    }
    for (const [email, ids] of holders) if (ids.length > 1) this.fail('twice', `${email} is with ${ids.join(', ')}`);
  }

  /** Contacts by id are still who they were. @param {Map<string, string>} names */
  judgeNames(names) {
    const now = new Map(this.sandbox.contacts().map((one) => [one.id, `${one.first_name} ${one.last_name}`]));
    for (const [id, name] of names) {
      const is = now.get(id);
      if (is === undefined) this.fail('lost', `${name} (${id}) is gone`);
      else if (is !== name) this.fail('merged', `${name} (${id}) became ${is}`);
    }
  }

  names() {
    return new Map(this.sandbox.contacts().map((one) => [one.id, `${one.first_name} ${one.last_name}`]));
  }
}

/** What Clarky holds already is joined, never replaced; a row that speaks of somebody by a second e-mail is that person. */
async function stored(stage) {
  const { random, sandbox } = stage;
  const count = random.whole(5, 30);
  const seeds = Array.from({ length: count }, (_, n) => {
    const { first, last, email, phone } = stage.person(n);
    const contact = { first_name: first, last_name: last, emails: [email, `second.${email}`], phone_numbers: [phone] };
    return { ...contact, tags: ['vip', `v${n}`], notes: `kept ${n}` };
  });
  const names = new Map(sandbox.seed(seeds).map((one) => [one.id, `${one.first_name} ${one.last_name}`]));
  let version = 0;
  const rows = () =>
    Array.from({ length: count + 5 }, (_, n) => {
      const { first, last, email, phone } = stage.person(n);
      const by = n < count && n % 4 === 0 ? `second.${email}` : email;
      return [first, last, by, n % 3 === 0 ? phone : '', `Company ${n}.${version}`, 'new'];
    });
  for (let kills = random.whole(1, 4); kills > 0; kills--) {
    version++;
    stage.write('one.csv', rows());
    await stage.killed(stage.start('import', 'one.csv', ['--live']));
  }
  await stage.finish('import', 'one.csv', ['--live']);
  stage.judgeOnce();
  stage.judgeNames(names);
  for (const contact of sandbox.contacts()) {
    const at = seeds.findIndex(({ emails }) => contact.internal.emails.some(({ value }) => value === emails[0]));
    if (at < 0) continue;
    const emails = contact.internal.emails.map(({ value }) => value);
    const seed = seeds[at];
    if (!seed.tags.every((tag) => contact.tags.includes(tag)))
      stage.fail('wrong', `${contact.id}: tags ${contact.tags}`);
    if (!seed.emails.every((email) => emails.includes(email))) stage.fail('wrong', `${contact.id}: e-mails ${emails}`);
    if (contact.notes !== seed.notes) stage.fail('wrong', `${contact.id}: notes ${contact.notes}`);
    if (contact.company !== `Company ${at}.${version}`)
      stage.fail('wrong', `${contact.id}: company ${contact.company}`);
  }
}

/** A phone that passes to somebody else, by whom its old holder must not be overwritten. */
async function movedPhones(stage) {
  const { random } = stage;
  const count = random.whole(4, 20);
  const row = (n, holder, withEmail) => {
    const { first, last, email } = stage.person(n);
    return [first, last, withEmail ? email : '', stage.person(holder).phone, 'Acme', ''];
  };
  const hasEmail = Array.from({ length: count }, () => random.chance(0.5));
  stage.write(
    'one.csv',
    hasEmail.map((withEmail, n) => row(n, n, withEmail)),
  );
  await stage.killed(stage.start('import', 'one.csv'));
  await stage.finish('import', 'one.csv');
  const names = stage.names();
  const flags = random.chance(0.3) ? ['--live'] : [];
  // Half of them are gone, and others have their phones: clearly others, since Ada with another last name may be the same Ada.
  const half = Math.floor(count / 2);
  const isClear = (from) =>
    Array.from({ length: half }, (_, n) => stage.person(from + n).first !== stage.person(n).first).every(Boolean);
  let from = count;
  while (!isClear(from)) from++;
  stage.write(
    'one.csv',
    Array.from({ length: half }, (_, n) => row(from + n, n, random.chance(0.5))),
  );
  await stage.killed(stage.start('import', 'one.csv', flags));
  await stage.finish('import', 'one.csv', flags);
  stage.judgeNames(names);
  stage.judgeOnce();
}

/** The same e-mails in another order are the same person. */
async function swappedPrimaries(stage) {
  const { random } = stage;
  const count = random.whole(4, 20);
  const flags = random.chance(0.4) ? ['--live'] : [];
  const rows = (isSwapped) =>
    Array.from({ length: count }, (_, n) => {
      const { first, last, email } = stage.person(n);
      const emails = [email, `other.${email}`];
      return [first, last, (isSwapped ? emails.reverse() : emails).join('; '), '', 'Acme', ''];
    });
  for (const isSwapped of [false, true, false]) {
    stage.write('one.csv', rows(isSwapped));
    await stage.killed(stage.start('import', 'one.csv', flags));
    if (random.chance(0.7)) await stage.finish('import', 'one.csv', flags);
  }
  await stage.finish('import', 'one.csv', flags);
  stage.judgeOnce();
  const { length } = stage.sandbox.contacts();
  if (length !== count) stage.fail(length < count ? 'lost' : 'twice', `${length} contacts of ${count} people`);
}

/** Two files that share people, at once, each with a checkpoint of its own, on a server that looks up, waits, and stores. */
async function overlapping(stage) {
  const { random, sandbox } = stage;
  const row = (n) => {
    const { first, last, email } = stage.person(n);
    return [first, last, email, '', 'Acme', ''];
  };
  const people = Array.from({ length: random.whole(10, 40) }, (_, n) => n);
  stage.write('one.csv', people.slice(0, -3).map(row));
  stage.write('other.csv', people.slice(3).map(row));
  sandbox.setFaults({ ...drawLate(random), nonAtomicMs: random.pick([5, 40, 400]) });
  const runs = [stage.start('import', 'one.csv'), stage.start('import', 'other.csv')];
  await Promise.all(runs.map((run) => (random.chance(0.4) ? stage.killed(run) : run.ended)));
  await Promise.all(['one.csv', 'other.csv'].map((name) => stage.finish('import', name)));
  stage.judgeOnce();
  const { length } = sandbox.contacts();
  if (length !== people.length) stage.fail(length < people.length ? 'lost' : 'twice', `${length} of ${people.length}`);
}

/**
 * Two files that share people, one after the other, each with a checkpoint of its own: the first may be cut off for good. The
 * second has some by another e-mail, and others who have come by the phone of somebody.
 */
async function oneAfterTheOther(stage) {
  const { random } = stage;
  const count = random.whole(4, 20);
  const both = (n) => {
    const { first, last, email, phone } = stage.person(n);
    return [first, last, `${email}; other.${email}`, phone, 'Acme', ''];
  };
  stage.write(
    'one.csv',
    Array.from({ length: count }, (_, n) => both(n)),
  );
  for (let kills = random.whole(1, 2); kills > 0; kills--) await stage.killed(stage.start('import', 'one.csv'));
  if (random.chance(0.5)) await stage.finish('import', 'one.csv');
  // Others by the first name too: Ada with another last name may be the same Ada.
  const heir = (n) => [
    NAMES[(n + 3) % NAMES.length],
    `Heir${n}`,
    `heir${n}@example.com`,
    stage.person(n).phone,
    '',
    '',
  ];
  const again = (n) => [
    ...both(n).slice(0, 2),
    random.chance(0.5) ? `other.p${n}@example.com` : `p${n}@example.com`,
    '',
    '',
    'new',
  ];
  stage.write(
    'other.csv',
    Array.from({ length: count }, (_, n) => (n % 3 === 0 ? heir(n) : again(n))),
  );
  await stage.killed(stage.start('import', 'other.csv'));
  await stage.finish('import', 'other.csv');
  const names = stage.names();
  await stage.finish('import', 'one.csv');
  await stage.finish('import', 'other.csv');
  stage.judgeNames(names);
  stage.judgeOnce();
  // Who has a phone first keeps it: nobody is with somebody else's e-mail or phone.
  for (const { id, first_name: first, last_name: last, internal } of stage.sandbox.contacts()) {
    const heirs = internal.emails.filter(({ value }) => value.startsWith('heir')).length;
    if (heirs > 0 !== String(last).startsWith('Heir') || (heirs > 0 && internal.emails.length > 1)) {
      stage.fail('merged', `${id}, ${first} ${last}, has ${internal.emails.map(({ value }) => value).join(', ')}`);
    }
  }
}

/** Taken back, also under kills and beside the import itself, the workspace is what it was. */
async function undone(stage) {
  const { random, sandbox } = stage;
  const count = random.whole(4, 15);
  sandbox.seed(
    Array.from({ length: count }, (_, n) => {
      const { first, last, email } = stage.person(n);
      return { first_name: first, last_name: last, emails: [email], company: 'Before', tags: ['vip'] };
    }),
  );
  const shown = () =>
    sandbox
      .contacts()
      .map(({ id, first_name: first, company, tags, internal }) =>
        [id, first, company, [...tags].sort(), internal.emails.map(({ value }) => value)].join(' '),
      )
      .sort();
  const before = shown();
  const rows = Array.from({ length: count + 8 }, (_, n) => {
    const { first, last, email } = stage.person(n);
    return [first, last, email, '', 'After', 'new'];
  });
  stage.write('one.csv', rows);
  if (random.chance(0.5)) {
    const importing = stage.start('import', 'one.csv', ['--live']);
    const beside = await stage.start('undo', 'one.csv', ['--yes']).ended;
    if (![0, 2, 3, 6].includes(beside.code)) stage.fail('broken', `undo beside: ${beside.code} ${beside.stderr}`);
    await importing.ended;
  }
  // Cut off for good, maybe with a write that lands after undo has begun.
  if (random.chance(0.5)) await stage.killed(stage.start('import', 'one.csv', ['--live']));
  else await stage.finish('import', 'one.csv', ['--live']);
  for (let kills = random.whole(0, 2); kills > 0; kills--)
    await stage.killed(stage.start('undo', 'one.csv', ['--yes']));
  const ended = await stage.start('undo', 'one.csv', ['--yes']).ended;
  // 2: a run that was killed had come to its end, and there is nothing left to take back.
  if (![0, 2, 3].includes(ended.code)) stage.fail('broken', `undo ended with ${ended.code}: ${ended.stderr}`);
  const after = shown();
  const isSame = JSON.stringify(after) === JSON.stringify(before);
  if (!isSame) stage.fail('wrong', `after undo ${JSON.stringify(after)}, not ${JSON.stringify(before)}`);
}

const PLOTS = { stored, movedPhones, swappedPrimaries, overlapping, oneAfterTheOther, undone };

/**
 * Plays the plot that a seed draws, or the one that is named.
 * @param {number} seed
 * @param {{ cli: string, startSandbox: Function, figures: import('./figures.js').Figures }} parts
 * @param {string} [named]
 */
export async function playPlot(seed, parts, named) {
  const random = seeded(seed);
  const name = named ?? random.pick(Object.keys(PLOTS));
  const stage = new Stage(random, await parts.startSandbox(drawServer(random)), parts);
  parts.figures.rounds++;
  stage.sandbox.setFaults(drawLate(random));
  try {
    await PLOTS[name](stage);
  } finally {
    parts.figures.landedLate += stage.sandbox.stats().faults.late ?? 0;
    await stage.sandbox.close();
  }
  for (const path of stage.bystanders.touched()) stage.fail('touched', path);
  if (stage.failures.length === 0) rmSync(stage.folder, { recursive: true, force: true });
  else stage.failures.push(`the plot was "${name}", and the files are in ${stage.folder}`);
  return stage.failures;
}

export const PLOT_NAMES = Object.keys(PLOTS);
