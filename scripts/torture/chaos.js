/** The weather of a round: how the server behaves, how the importer is called, when it is killed. */

/** @typedef {import('./random.js').Random} Random */

/** Every reading of what Clarky's documentation leaves open. @param {Random} random */
function readings(random) {
  return {
    accepts: random.pick(['strings', 'objects', 'both', 'both']),
    answers: random.pick(['strings', 'objects']),
    envelope: random.pick(['data', 'bare']),
    createdStatus: random.pick([201, 200]),
    missingFields: random.pick(['keep', 'clear']),
    tags: random.pick(['replace', 'join']),
    customFields: random.pick(['merge', 'replace']),
    emailLookup: random.pick(['insensitive', 'exact']),
    phoneLookup: random.pick(['digits', 'exact']),
    emailMatch: random.pick(['primary', 'any']),
    phoneMatch: random.pick(['primary', 'any']),
    winner: random.pick(['email', 'phone', 'newest']),
    dedupeScope: random.pick(['workspace', 'bot']),
    normalises: random.chance(0.3),
    unknownFields: random.pick(['ignore', 'reject']),
    listOrder: random.pick(['oldest', 'newest']),
  };
}

/** @param {Random} random */
export function drawServer(random) {
  const latencyMs = random.pick([0, 10, 60, 150]);
  const drawn = readings(random);
  // Phones that are stored with spaces are only found again by their digits.
  if (drawn.normalises) drawn.phoneLookup = 'digits';
  const limit = random.pick([20, 40, 60, 60]);
  const windowMs = random.pick([1000, 2000, 3000]);
  return {
    writes: { limit, windowMs },
    reads: { limit: 120, windowMs },
    counting: random.chance(0.9) ? 'rolling' : 'fixed',
    countRejected: random.chance(0.2),
    headers: random.chance(0.85),
    retryAfter: random.pick(['seconds', 'date']),
    latency: { minMs: latencyMs / 3, maxMs: latencyMs },
    seed: random.whole(1, 1e9),
    readings: drawn,
  };
}

/**
 * How long a write may lie with the server before it lands, and how long the importer waits for an answer, which is longer:
 * what it promises of a write that nobody waits for any more holds until then.
 * @param {Random} random
 */
export function drawPatience(random) {
  return random.pick([
    { lateMs: 0, maxOutageSeconds: 2 },
    { lateMs: 300, maxOutageSeconds: 2 },
    { lateMs: 1000, maxOutageSeconds: 2 },
    { lateMs: 3000, maxOutageSeconds: 5 },
  ]);
}

/**
 * The faults of the next while: none, or up to 30 % of the requests, an outage of seconds, another program.
 * @param {Random} random
 */
export function drawFaults(random, windowLimit, { lateMs }) {
  const longerMs = Math.min(lateMs, 400);
  const faults = { on: random.pick(['all', 'writes']), nonAtomicMs: random.pick([0, 5, 40, longerMs]), lateMs };
  const late = lateMs > 0 && random.chance(0.8) ? random.pick([0.05, 0.2]) : 0;
  faults.probabilities = { late };
  if (random.chance(0.6)) {
    const share = random.pick([0.03, 0.1, 0.3]);
    const kinds = ['500', '502', '503', '504', '429', 'cut-before', 'cut-after', 'cut-mid', 'truncate', 'html-200'];
    const chosen = kinds.filter(() => random.chance(0.5));
    faults.probabilities = { late, ...Object.fromEntries(chosen.map((kind) => [kind, share / chosen.length])) };
  }
  if (random.chance(0.15)) {
    faults.outage = {
      afterMs: random.whole(0, 2000),
      forMs: random.whole(300, 3000),
      as: random.pick(['503', 'refuse']),
    };
  }
  // Silence lasts until the client's patience ends; only a kill makes it short, so it is rare.
  if (random.chance(0.05)) faults.at = [{ request: random.whole(3, 20), kind: random.pick(['hang', 'hang-after']) }];
  if (random.chance(0.1)) faults.secondClient = Math.ceil(windowLimit / 6);
  return faults;
}

/** Flags and rules of one call. @param {Random} random */
export function drawCall(random, server, { lateMs, maxOutageSeconds }) {
  const { limit, windowMs } = server.writes;
  /** @type {'reject' | 'omit'} */
  const sharedPhone = random.pick(['reject', 'omit']);
  /** @type {'merge' | 'last' | 'first' | 'reject'} */
  const duplicates = random.chance(0.7) ? 'merge' : random.pick(['last', 'first', 'reject']);
  const { accepts } = server.readings;
  const concurrency = random.pick([1, 4, 10, 10, 20]);
  const flags = [
    ...['--json', '--country', 'GB', '--rate', `${limit}/${windowMs / 1000}`],
    ...['--shared-phone', sharedPhone, '--duplicates', duplicates, '--concurrency', String(concurrency)],
    ...['--contact-points', accepts === 'both' ? random.pick(['strings', 'objects']) : accepts],
  ];
  // It bounds how long a write that was killed is waited for, too: there would be little else in a thousand kills.
  if (lateMs > 0 || random.chance(0.8)) flags.push('--max-outage', String(maxOutageSeconds));
  if (random.chance(0.2)) flags.push('--quiet');
  if (random.chance(0.1)) flags.push('--max-duration', `${random.whole(1, 3)}s`);
  return { sharedPhone, duplicates, concurrency, flags };
}

/** When the process is killed: after so many writes that the server saw, or after a time; and with what. @param {Random} random */
export function drawKill(random) {
  /** @type {NodeJS.Signals} */
  const signal = random.chance(0.85) ? 'SIGKILL' : random.pick(['SIGTERM', 'SIGINT']);
  if (random.chance(0.2)) return { signal, afterWrites: undefined, delayMs: random.whole(0, 1500) };
  // Mostly after few writes: what was edited since the last run may be no more than that.
  return { signal, afterWrites: Math.floor(random.next() ** 3 * 30), delayMs: random.pick([0, 0, 1, 5, 20, 80, 400]) };
}
