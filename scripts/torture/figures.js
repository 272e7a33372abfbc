/** What was counted, and the table that is printed of it. */

export class Figures {
  rounds = 0;
  runs = 0;
  kills = 0;
  stops = 0;
  lockedOut = 0;
  summaries = 0;
  contacts = 0;
  writes = 0;
  faults = 0;
  landedLate = 0;
  sentAgain = 0;
  inFlight = 0;
  throttledBesideAnother = 0;
  /** Share of the limit. */
  fullestWindow = 0;
  // What must stay at zero.
  lost = 0;
  twice = 0;
  merged = 0;
  wrong = 0;
  unbalanced = 0;
  needless = 0;
  throttled = 0;
  overLimit = 0;
  twoWriters = 0;
  leaks = 0;
  leftBehind = 0;
  touched = 0;
  broken = 0;

  /** @returns {string} */
  table(seconds) {
    /** @type {([string, string | number] | undefined)[]} */
    const rows = [
      ['rounds', this.rounds],
      ['runs of the importer', this.runs],
      ['kills survived (SIGKILL)', this.kills],
      ['stops survived (SIGTERM, SIGINT)', this.stops],
      ['second imports locked out (exit 6)', this.lockedOut],
      ['writes that the server saw', this.writes],
      ['faults that it made of requests', this.faults],
      ['requests that it let lie for up to 3 s', this.landedLate],
      ['contacts that must be there', this.contacts],
      undefined,
      ['contacts lost', this.lost],
      ['contacts stored twice', this.twice],
      ['contacts merged into someone else', this.merged],
      ['fields wrong', this.wrong],
      ['writes of one contact at once', this.twoWriters],
      [`sent again (at most ${this.inFlight} in flight when runs were cut off)`, this.sentAgain],
      ['sent again without need', this.needless],
      ['429s that neither a fault nor another program explains', this.throttled],
      ['429s beside another program on the key', this.throttledBesideAnother],
      ['windows over the limit', this.overLimit],
      ['most writes in any window, of the limit', `${Math.round(this.fullestWindow * 100)} %`],
      [`summaries that do not balance (of ${this.summaries})`, this.unbalanced],
      ['key or personal data where it must not be', this.leaks],
      ['lock or temporary files left behind', this.leftBehind],
      ['files touched that are not ours', this.touched],
      ['runs that ended otherwise than promised', this.broken],
      undefined,
      ['seconds', Math.round(seconds)],
    ];
    const width = Math.max(...rows.map((row) => row?.[0].length ?? 0));
    return rows
      .map((row) => (row === undefined ? '' : `${row[0].padEnd(width)}  ${String(row[1]).padStart(7)}`))
      .join('\n');
  }
}
