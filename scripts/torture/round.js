/** One round: a server, one or two files, runs that are killed, edits in between, and in the end a run that is let finish. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bystanders } from './bystanders.js';
import { drawCall, drawFaults, drawKill, drawPatience, drawServer } from './chaos.js';
import {
  bookkeepingError,
  countNeedless,
  countSentAgain,
  judgeContacts,
  judgeFiles,
  LONGEST_FLIGHT_MS,
} from './judge.js';
import { History, whatShouldBe } from './model.js';
import { Town } from './people.js';
import { killAt, sleep, start } from './processes.js';
import { seeded } from './random.js';
import { Sheet } from './sheet.js';

/** Every way in which a run may end here; anything else is a failure. */
const EXITS = new Set([0, 3, 5, 6, 7, 130, 143]);
const TRIES_TO_FINISH = 15;

export class Round {
  #random;
  #server;
  #patience;
  #sandbox;
  #folder = mkdtempSync(join(tmpdir(), 'clarky-contacts-torture-'));
  #bystanders = new Bystanders(this.#folder);
  #history = new History();
  #sheets;
  #cli;
  #figures;
  /** Most writes that each run which was cut off can have left unrecorded, and when it ended. */
  #cuts = [];
  #hadSecondClient = false;
  /** @type {string[]} */
  #failures = [];

  /**
   * @param {number} seed
   * @param {{ cli: string, startSandbox: Function, figures: import('./figures.js').Figures }} parts
   */
  static async play(seed, parts, isOver) {
    const random = seeded(seed);
    const server = drawServer(random);
    const round = new Round(random, server, await parts.startSandbox(server), parts);
    try {
      await round.#play(isOver);
    } finally {
      await round.#sandbox.close();
    }
    if (round.#failures.length === 0) rmSync(round.#folder, { recursive: true, force: true });
    else round.#failures.push(`the files are in ${round.#folder}`);
    return round.#failures;
  }

  constructor(random, server, sandbox, { cli, figures }) {
    this.#random = random;
    this.#server = server;
    this.#patience = drawPatience(random);
    this.#sandbox = sandbox;
    this.#cli = cli;
    this.#figures = figures;
    const town = new Town(random);
    const names = random.chance(0.25) ? ['one.csv', 'other.csv'] : ['one.csv'];
    this.#sheets = names.map((name) => new Sheet(join(this.#folder, name), random, town, random.whole(10, 90)));
  }

  async #play(isOver) {
    this.#figures.rounds++;
    this.#newWeather();
    for (let left = this.#random.whole(10, 40); left > 0 && !isOver(); left--) {
      await this.#runAndKill();
      for (const sheet of this.#sheets) if (this.#random.chance(0.85)) sheet.edit();
      if (this.#random.chance(0.15)) this.#newWeather();
    }
    await this.#finish();
    this.#judge();
  }

  #newWeather() {
    const faults = drawFaults(this.#random, this.#server.writes.limit, this.#patience);
    this.#hadSecondClient ||= faults.secondClient !== undefined;
    this.#note();
    this.#sandbox.setFaults(faults);
  }

  async #runAndKill() {
    const random = this.#random;
    const lot = random.next();
    if (lot < 0.12) return this.#twoOnOneCheckpoint();
    // Two files at once share one key, and so one budget.
    const sheets = lot < 0.6 ? this.#sheets : [random.pick(this.#sheets)];
    await Promise.all(sheets.map((sheet) => this.#runOnce(sheet, this.#drawCall(), drawKill(random))));
  }

  #drawCall() {
    return drawCall(this.#random, this.#server, this.#patience);
  }

  async #runOnce(sheet, call, kill) {
    this.#history.add(whatShouldBe(sheet.rows, call).contacts);
    const running = this.#start(sheet, call);
    const ended =
      kill === undefined ? await running.ended : await killAt(running, kill, () => this.#sandbox.stats().writes);
    this.#look(sheet, call, ended);
    return ended;
  }

  async #twoOnOneCheckpoint() {
    const sheet = this.#random.pick(this.#sheets);
    const call = this.#drawCall();
    this.#history.add(whatShouldBe(sheet.rows, call).contacts);
    const first = this.#start(sheet, call);
    await sleep(this.#random.whole(0, 800));
    const second = this.#start(sheet, call);
    const later = await second.ended;
    const firstStillRuns = first.child.exitCode === null;
    if (firstStillRuns) first.child.kill('SIGKILL');
    this.#look(sheet, call, later);
    const earlier = await first.ended;
    this.#look(sheet, call, earlier);
    if (later.code === 6 || earlier.code === 6) this.#figures.lockedOut++;
  }

  #start(sheet, call) {
    this.#figures.runs++;
    return start(this.#cli, ['import', sheet.path, ...call.flags, ...sheet.flags], {
      PATH: process.env.PATH,
      HOME: this.#folder,
      XDG_STATE_HOME: join(this.#folder, 'state'),
      CLARKY_API_URL: this.#sandbox.url,
      CLARKY_KEY: this.#sandbox.key,
    });
  }

  /** Looks at how a run ended and what it printed. */
  #look(sheet, call, { code, signal, stdout, stderr }) {
    // A run that did not come to its end may have to send again what was on its way.
    if (code !== 0 && code !== 3) this.#cuts.push({ atMs: Date.now(), writes: call.concurrency });
    if (signal === 'SIGKILL') this.#figures.kills++;
    else if (code === 130 || code === 143) this.#figures.stops++;
    else if (signal === null && !EXITS.has(code)) this.#fail('broken', `exit ${code}: ${stderr.slice(0, 2000)}`);
    if ((stdout + stderr).includes(this.#sandbox.key)) this.#fail('leaks', 'the key was printed');
    // Killed before its handler stood, or while it printed: there is no summary to look at.
    if (signal !== null || stdout === '') return;
    const summary = JSON.parse(stdout);
    // Stopped before there were any books: locked out, say.
    if (summary.rows === undefined && summary.error !== undefined) return;
    this.#figures.summaries++;
    const error = bookkeepingError(summary);
    if (error !== undefined) this.#fail('unbalanced', error);
    if (code !== 0 && code !== 3) return;
    const should = whatShouldBe(sheet.rows, call);
    const counted = {
      rows: summary.rows,
      contacts: summary.contacts,
      rejected: summary.rejected,
      merged: summary.merged,
    };
    const wanted = {
      rows: sheet.rows.length,
      contacts: should.contacts.length,
      rejected: should.rejected,
      merged: should.merged,
    };
    if (JSON.stringify(counted) !== JSON.stringify(wanted)) {
      this.#fail('unbalanced', `counted ${JSON.stringify(counted)}, should be ${JSON.stringify(wanted)}`);
    }
    for (const { identity } of should.contacts) this.#history.arrived.add(identity);
  }

  #inFlightSince(sinceMs) {
    return this.#cuts.reduce((sum, { atMs, writes }) => sum + (atMs < sinceMs ? 0 : writes), 0);
  }

  /** Runs each file to its end, then once more, which must send nothing. */
  async #finish() {
    this.#note();
    this.#sandbox.setFaults({ probabilities: { 500: 0.03, 'cut-after': 0.02 } });
    const expected = [];
    // Where something else was under way, and never came, it may have come last as far as anybody knows.
    const mayBeDoubted = this.#inFlightSince(Date.now() - LONGEST_FLIGHT_MS);
    for (const sheet of this.#sheets) {
      const call = withoutDeadline(this.#drawCall());
      let ended;
      for (let tries = 0; ended?.code !== 0 && ended?.code !== 3; tries++) {
        if (tries === TRIES_TO_FINISH)
          return this.#fail('lost', `never finished: exit ${ended?.code}: ${ended?.stderr}`);
        ended = await this.#runOnce(sheet, call, undefined);
      }
      const before = this.#sandbox.stats().requests;
      await this.#runOnce(sheet, call, undefined);
      const sent = countNeedless(this.#sandbox.requests, before);
      if (sent > mayBeDoubted) this.#fail('needless', `a run with nothing to do sent ${sent} writes`);
      expected.push(...whatShouldBe(sheet.rows, call).contacts);
    }
    this.#figures.contacts += expected.length;
    const complaints = judgeContacts(this.#sandbox.contacts(), expected, this.#history);
    for (const [kind, found] of Object.entries(complaints)) for (const what of found) this.#fail(kind, what);
  }

  #judge() {
    this.#note();
    const stats = this.#sandbox.stats();
    const { limit, windowMs } = this.#server.writes;
    const figures = this.#figures;
    figures.writes += stats.writes;
    if (stats.peakWindow > limit)
      this.#fail('overLimit', `${stats.peakWindow} writes in ${windowMs} ms where ${limit} are allowed`);
    figures.fullestWindow = Math.max(figures.fullestWindow, stats.peakWindow / limit);
    if (this.#hadSecondClient) figures.throttledBesideAnother += stats.throttled;
    else if (stats.throttled > 0) this.#fail('throttled', `${stats.throttled} 429s`, stats.throttled);
    if (stats.maxSameIdentityInFlight > 1)
      this.#fail('twoWriters', `${stats.maxSameIdentityInFlight} writes of one contact at once`);
    const again = countSentAgain(this.#sandbox.requests);
    figures.sentAgain += again;
    const inFlight = this.#inFlightSince(0);
    figures.inFlight += inFlight;
    if (again > inFlight) this.#fail('needless', `${again} sent again, at most ${inFlight} were in flight`);
    const files = { bystanders: this.#bystanders, history: this.#history, key: this.#sandbox.key };
    for (const [kind, what] of judgeFiles(this.#folder, files)) this.#fail(kind, what);
  }

  /** Faults met since the last change of the weather. */
  #note() {
    const { faulted, faults } = this.#sandbox.stats();
    const { late = 0 } = faults;
    this.#figures.faults += faulted - (this.notedFaults ?? 0);
    this.#figures.landedLate += late - (this.notedLate ?? 0);
    this.notedFaults = faulted;
    this.notedLate = late;
  }

  #fail(kind, what, times = 1) {
    this.#figures[kind] += times;
    this.#failures.push(`${kind}: ${what}`);
  }
}

/** The same call, with all the time that it takes. */
function withoutDeadline(call) {
  const at = call.flags.indexOf('--max-duration');
  return at < 0 ? call : { ...call, flags: call.flags.toSpliced(at, 2) };
}
