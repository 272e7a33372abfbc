/** Settings of single commands, and of what a command line prints. */
import { choice, OUTPUT_OR_NONE, OUTPUT_PATH, SWITCH, TEXT, wholeNumber } from './kind.js';
import { REACHING, table } from './setting.js';
import { PATHS, POST_URL } from './values.js';

/** The key has no flag: on a command line it would leak. */
export const KEY_SETTINGS = table({
  keyFile: {
    flag: '--key-file <path>',
    help: 'file that holds the API key; repeat it for more keys of the workspace',
    fallbackInWords: 'CLARKY_KEY, or CLARKY_KEYS with commas between',
    group: 'Clarky',
    commands: REACHING,
    kind: PATHS,
    repeats: true,
  },
  profile: {
    flag: '--profile <name>',
    help: 'a key that login keeps',
    group: 'Clarky',
    commands: REACHING,
    kind: TEXT,
    environment: 'CLARKY_PROFILE',
  },
});

export const DOCTOR_SETTINGS = table({
  /** Makes a throw-away contact, to find out what the documentation leaves open, and deletes it again. */
  probe: {
    flag: '--probe',
    help: 'find out how an upsert changes a contact that is there, with a throw-away contact that is deleted again; asks first',
    group: 'Clarky',
    commands: ['doctor'],
    kind: SWITCH,
  },
});

export const VERIFY_SETTINGS = table({
  /** Checks only so many contacts, chosen at random. */
  sample: {
    flag: '--sample <n>',
    help: 'check only so many contacts, chosen at random',
    group: 'Clarky',
    commands: ['verify'],
    kind: wholeNumber(1),
  },
  /** With `sample`: chooses the same ones again. */
  seed: {
    flag: '--seed <n>',
    help: 'with --sample: choose the same ones again',
    group: 'Clarky',
    commands: ['verify'],
    kind: wholeNumber(0),
  },
  /** Where the differences are written; else `FILE.differences.csv`, false for none. */
  differences: {
    flag: '--differences <path>',
    help: 'file of the differences',
    fallbackInWords: 'FILE.differences.csv',
    group: 'Files',
    commands: ['verify'],
    kind: OUTPUT_OR_NONE,
  },
});

/** What only a command line takes: when it asks, and what it prints. */
export const OUTPUT_SETTINGS = table({
  all: {
    flag: '--all',
    help: 'list what is the same as well',
    helpOf: { forget: 'also the checkpoint, log, rejects and report' },
    group: 'Output',
    commands: ['verify', 'forget'],
    kind: SWITCH,
  },
  diff: {
    flag: '--diff',
    help: 'with --live: list the fields that each update would change, old and new',
    group: 'Output',
    commands: ['plan'],
    kind: SWITCH,
  },
  exitZero: {
    flag: '--exit-zero',
    help: 'end with 0 also where an import would end with 3',
    group: 'Output',
    commands: ['plan'],
    kind: SWITCH,
  },
  yes: {
    flag: '--yes',
    help: 'do not ask',
    helpOf: { map: 'write the proposal without asking', doctor: 'do not ask before --probe' },
    group: 'Output',
    commands: ['map', 'undo', 'forget', 'doctor'],
    kind: SWITCH,
  },
  latest: {
    flag: '--latest <path>',
    help: 'write the summary as JSON to this file too, for monitoring',
    group: 'Files',
    commands: ['import'],
    kind: OUTPUT_PATH,
  },
  onEnd: {
    flag: '--on-end <url>',
    help: 'post the summary, without personal data, to this address',
    group: 'Output',
    commands: ['import', 'ui'],
    kind: POST_URL,
  },
  json: {
    flag: '--json',
    help: 'the result as one JSON object on standard output, nothing else there',
    group: 'Output',
    commands: ['import', 'plan', 'verify', 'undo', 'status', 'forget', 'bots', 'ui', 'doctor'],
    kind: SWITCH,
  },
  quiet: {
    flag: '--quiet',
    help: 'nothing on standard error but errors',
    group: 'Output',
    commands: ['import', 'verify', 'undo'],
    kind: SWITCH,
  },
  verbose: {
    flag: '--verbose',
    help: 'each request with its time and rate headers on standard error',
    group: 'Output',
    commands: ['import', 'plan', 'verify', 'undo', 'bots', 'login', 'doctor'],
    kind: SWITCH,
  },
  progress: {
    flag: '--progress <how>',
    help: 'json: how far it is, as JSON lines on standard error',
    group: 'Output',
    commands: ['import', 'verify', 'undo'],
    kind: choice('json'),
  },
});
