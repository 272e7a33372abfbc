/** The flags of `sandbox`, and their way into the options of the server. */
import { randomBytes } from 'node:crypto';
import { given } from '../../../given.js';
import { Option, type Command } from 'commander';
import type { FaultSettings, SandboxOptions } from '../../../sandbox/index.js';
import { wholeNumber } from './parse-values.js';
import {
  collectBot,
  parseFaultChances,
  parseFaultsAt,
  parseFaultsFor,
  parseKey,
  parseLatency,
  parseLimit,
  parseOutage,
  parsePort,
  parseShare,
} from './sandbox-flags.js';
import { addReadingFlags, readingsOf } from './sandbox-readings.js';

const DEFAULT_PORT = 4010;
/** Enough for any rehearsal that is looked at, and some tens of megabytes. */
const DEFAULT_KEPT_REQUESTS = 100_000;

/** What commander makes of them, those of readings aside. */
export interface ParsedSandbox
  extends
    Pick<SandboxOptions, 'key' | 'readOnlyKey' | 'writeOnlyKey' | 'latency' | 'seed'>,
    Pick<FaultSettings, 'secondClient' | 'lateMs' | 'dripMs'> {
  port: number;
  keys: number;
  bots: number;
  bot?: string[];
  store?: string;
  json?: true;
  limit?: SandboxOptions['writes'];
  readLimit?: SandboxOptions['reads'];
  counting?: SandboxOptions['counting'];
  countRejected?: true;
  rateHeaders: boolean;
  saysLimit?: number;
  retryAfter?: SandboxOptions['retryAfter'];
  latencyBefore?: number;
  faults?: ReturnType<typeof parseFaultChances>;
  faultAt?: ReturnType<typeof parseFaultsAt>;
  faultFor?: ReturnType<typeof parseFaultsFor>;
  faultOn?: 'all' | 'writes' | 'reads';
  outage?: ReturnType<typeof parseOutage>;
  revokeAt?: number;
  nonAtomic?: number;
  readLag?: number;
  keepRequests: number;
  keepBodies?: true;
  verbose?: true;
}

/** Adds them to the command, by group. */
export function addSandboxFlags(command: Command): void {
  command
    .optionsGroup('Server:')
    .addOption(option('--port <port>', 'port; 0 for a free one', parsePort).default(DEFAULT_PORT))
    .addOption(option('--key <key>', 'its key (default: made up)', parseKey))
    .addOption(option('--read-only-key <key>', 'its key that may only read (default: made up)', parseKey))
    .addOption(option('--write-only-key <key>', 'its key that may only write (default: made up)', parseKey))
    .addOption(option('--keys <N>', 'how many full keys it has', wholeNumber(1)).default(1))
    .addOption(option('--bots <N>', 'how many bots it has', wholeNumber(1)).default(1))
    .option('--bot <id>', 'a bot that it has (repeatable; wins over --bots)', collectBot)
    .option('--store <file>', 'file that keeps its contacts from one start to the next')
    .option('--json', 'print url, keys, botId and pid as one JSON line');
  command
    .optionsGroup('Rate limit:')
    .addOption(option('--limit <N/SECONDS>', 'writes of a key; 0 for no limit (default: 60/60)', parseLimit))
    .addOption(option('--read-limit <N/SECONDS>', 'reads of a key; 0 for no limit (default: 120/60)', parseLimit))
    .addOption(
      new Option('--counting <how>', 'exact times, a window of the clock, or two such windows weighted')
        .choices(['rolling', 'fixed', 'counter'])
        .default('rolling'),
    )
    .option('--count-rejected', 'refused calls use the budget up as well')
    .addOption(
      option('--says-limit <N>', 'limit that the X-RateLimit headers claim (default: the true one)', wholeNumber(1)),
    )
    .option('--no-rate-headers', 'leave the X-RateLimit headers out')
    .addOption(
      new Option('--retry-after <form>', 'form of Retry-After').choices(['seconds', 'date']).default('seconds'),
    );
  command
    .optionsGroup('Faults:')
    .addOption(option('--latency <MIN-MAX>', 'time an answer takes, in milliseconds', parseLatency))
    .addOption(option('--latency-before <SHARE>', 'share of it before the request arrives (default: 0.5)', parseShare))
    .addOption(
      option('--faults <KIND=CHANCE,...>', 'faults by chance, e.g. 500=0.05,cut-after=0.02', parseFaultChances),
    )
    .addOption(option('--fault-at <N:KIND,...>', 'faults at certain requests, e.g. 12:hang,30:502', parseFaultsAt))
    .addOption(option('--fault-for <EMAIL=KIND,...>', 'faults for certain contacts, e.g. a@x.com=422', parseFaultsFor))
    .addOption(
      new Option('--fault-on <which>', 'requests that are counted and can fail (default: all)').choices([
        'all',
        'writes',
        'reads',
      ]),
    )
    .addOption(
      option(
        '--outage <START:DURATION[:refuse]>',
        'nothing gets through from a request (20:5s) or after a time (10s:5s)',
        parseOutage,
      ),
    )
    .addOption(option('--revoke-at <N>', 'revoke the key that sends request N', wholeNumber(1)))
    .addOption(option('--second-client <N>', 'another program on the key, N writes a window', wholeNumber(0)))
    .addOption(option('--non-atomic <MS>', 'upserts look up, wait, then write', wholeNumber(0)))
    .addOption(option('--read-lag <MS>', 'how long after a write reads show it (default: 0)', wholeNumber(0)))
    .addOption(option('--late-ms <MS>', 'how long a late request waits (default: 2000)', wholeNumber(0)))
    .addOption(option('--drip-ms <MS>', 'time between bytes of a drip (default: 250)', wholeNumber(0)))
    .addOption(
      option(
        '--seed <N>',
        'begins the random numbers of faults and latency (default: 1), and keeps ids alike',
        wholeNumber(0),
      ),
    );
  command
    .optionsGroup('Log:')
    .addOption(
      option('--keep-requests <N>', 'newest requests that the log holds', wholeNumber(1)).default(
        DEFAULT_KEPT_REQUESTS,
      ),
    )
    .option('--keep-bodies', 'the log holds their bodies too')
    .option('--verbose', 'a line on standard error for each request');
  addReadingFlags(command.optionsGroup('What the documentation leaves open:'));
  // Where the help of every command has what is left.
  command.optionsGroup('Options:');
}

function option<Value>(flags: string, description: string, parse: (text: string) => Value): Option {
  return new Option(flags, description).argParser(parse);
}

/** The options of the server that was asked for. */
export function sandboxOptions(parsed: ParsedSandbox): SandboxOptions {
  return given({
    port: parsed.port,
    key: parsed.key,
    readOnlyKey: parsed.readOnlyKey,
    writeOnlyKey: parsed.writeOnlyKey,
    keys: parsed.keys,
    bots: parsed.bot ?? parsed.bots,
    storePath: parsed.store,
    writes: parsed.limit,
    reads: parsed.readLimit,
    counting: parsed.counting,
    countRejected: parsed.countRejected,
    headers: parsed.rateHeaders,
    saysLimit: parsed.saysLimit,
    retryAfter: parsed.retryAfter,
    readLagMs: parsed.readLag,
    latency: { ...(parsed.latency ?? { minMs: 0, maxMs: 0 }), ...given({ beforeShare: parsed.latencyBefore }) },
    seed: parsed.seed,
    // Started again, it holds other contacts: an importer that remembers those of before must not meet their ids.
    idPart: parsed.seed === undefined ? randomBytes(3).toString('hex') : undefined,
    faults: given({
      probabilities: parsed.faults,
      at: parsed.faultAt,
      forEmail: parsed.faultFor,
      on: parsed.faultOn,
      outage: parsed.outage,
      revokeAtRequest: parsed.revokeAt,
      secondClient: parsed.secondClient,
      nonAtomicMs: parsed.nonAtomic,
      lateMs: parsed.lateMs,
      dripMs: parsed.dripMs,
    }),
    keepRequests: parsed.keepRequests,
    keepBodies: parsed.keepBodies ?? false,
    readings: readingsOf(parsed),
  });
}
