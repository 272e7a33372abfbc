/** The settings of how Clarky is reached, and of what an import does there. */
import { DEFAULT_API_URL } from '../endpoint.js';
import { choice, OUTPUT_OR_NONE, PATH_OR_NONE, SWITCH, TEXT, wholeNumber } from './kind.js';
import { REACHING, table, type CommandName } from './setting.js';
import { DURATION_MS, DURATION_SECONDS, MOMENT_KIND, RATE } from './times.js';
import { BOT_ID, PERCENT } from './values.js';

const WRITING = ['import', 'undo', 'ui'] as const satisfies readonly CommandName[];
const FORESEEING = ['import', 'plan', 'ui'] as const satisfies readonly CommandName[];

/** How Clarky is reached, but for the key. */
export const API_SETTINGS = table({
  /** The bot that owns the contacts; else the only one that the key sees. */
  bot: {
    flag: '--bot <id>',
    help: 'bot that owns the contacts',
    fallbackInWords: 'the only one that the key sees',
    group: 'Clarky',
    commands: REACHING,
    kind: BOT_ID,
    environment: 'CLARKY_BOT_ID',
    fileKey: 'bot',
    isKept: true,
  },
  /** The API's base; `http:` only to this machine. */
  apiUrl: {
    flag: '--api-url <url>',
    help: 'API base; http: only to this machine',
    fallbackInWords: DEFAULT_API_URL,
    group: 'Clarky',
    commands: REACHING,
    kind: TEXT,
    environment: 'CLARKY_API_URL',
  },
  /** The shape of e-mails and phones on the wire. */
  contactPoints: {
    flag: '--contact-points <shape>',
    help: 'shape of e-mails and phones on the wire',
    fallbackInWords: 'strings, objects where Clarky wants them',
    group: 'Clarky',
    commands: REACHING,
    kind: choice('strings', 'objects'),
    fileKey: 'contact_points',
  },
  /** How long nothing may get through before the run stops, in seconds. */
  maxOutageSeconds: {
    flag: '--max-outage <time>',
    help: 'how long nothing may get through before the run stops, e.g. 10m or, in seconds, 600',
    fallbackInWords: '300 s',
    group: 'Pace and end',
    commands: REACHING,
    kind: DURATION_SECONDS,
    environment: 'CLARKY_MAX_OUTAGE',
  },
  /** The most writes in any so many seconds; what the server announces may lower it, and raises it only where this is left out. */
  rate: {
    flag: '--rate <N/SECONDS>',
    help: 'most writes in any period of that many seconds; off: no limit',
    fallbackInWords: '60/60, or what Clarky announces',
    group: 'Pace and end',
    commands: REACHING,
    kind: RATE,
  },
  /** Shares the budget with other machines through this Redis. */
  redis: {
    flag: '--redis <url>',
    help: 'share the write budget with other machines through this Redis',
    group: 'Pace and end',
    commands: REACHING,
    kind: TEXT,
  },
});

/** What an import does with what is in Clarky already; plan foresees it. */
export const LIVE_SETTINGS = table({
  /** Reads the workspace first: what is there already costs no write, and nobody there becomes somebody else. */
  live: {
    flag: '--live',
    help: 'read the workspace first: what is there costs no write, and undo works',
    helpOf: { plan: 'read the workspace too (needs a key): what is there already, and who' },
    group: 'Clarky',
    commands: FORESEEING,
    kind: SWITCH,
  },
  /** Lists (e-mails, phones, tags) that Clarky has for a contact: joined with the file's, or replaced by them. */
  lists: {
    flag: '--lists <how>',
    help: 'e-mails, phones and tags that Clarky has: joined, or replaced',
    fallbackInWords: 'join with --live, else as Clarky does it',
    group: 'Clarky',
    commands: FORESEEING,
    kind: choice('join', 'replace'),
    fileKey: 'lists',
    isKept: true,
  },
  /** With `live`: fills only what is blank in Clarky. */
  keepExisting: {
    flag: '--keep-existing',
    help: 'with --live: fill only what is blank in Clarky',
    group: 'Clarky',
    commands: FORESEEING,
    kind: SWITCH,
    fileKey: 'keep_existing',
    isKept: true,
  },
  /** With `live`: sends again what was deleted in Clarky. */
  restoreDeleted: {
    flag: '--restore-deleted',
    help: 'with --live: send again what was deleted in Clarky',
    group: 'Clarky',
    commands: FORESEEING,
    kind: SWITCH,
  },
  /** Sends contacts again that the checkpoint knows as unchanged. */
  resend: {
    flag: '--resend',
    help: 'send contacts again that the checkpoint knows as unchanged',
    helpOf: { plan: 'as if the checkpoint knew no contact as unchanged' },
    group: 'Clarky',
    commands: FORESEEING,
    kind: SWITCH,
  },
  /** Sends again what Clarky rejected in an earlier run although neither the row nor the settings changed. */
  retryRejected: {
    flag: '--retry-rejected',
    help: 'send again what Clarky rejected before, although nothing changed',
    helpOf: { plan: 'as if Clarky had rejected nothing in an earlier run' },
    group: 'Clarky',
    commands: FORESEEING,
    kind: SWITCH,
  },
});

/** What a run that writes to Clarky takes beside that. */
export const RUN_SETTINGS = table({
  /** Most requests in flight at once; chosen by the importer where left out. */
  concurrency: {
    flag: '--concurrency <n>',
    help: 'most requests in flight',
    fallbackInWords: 'chosen',
    group: 'Pace and end',
    commands: ['import', 'ui'],
    kind: wholeNumber(1),
  },
  /** Stops before the first write where more than this share of a hundred would be rejected or changed, or the file shrank by more. */
  failOverPercent: {
    flag: '--fail-over <N%>',
    help: 'stop before the first write if more than this would be rejected or changed, or the file shrank by more',
    group: 'Pace and end',
    commands: ['import', 'ui'],
    kind: PERCENT,
  },
  /** When to stop, by the wall clock. */
  deadline: {
    flag: '--deadline <time>',
    help: 'stop cleanly at 06:00, 2026-11-24 or 2026-11-24T06:00; local time',
    group: 'Pace and end',
    commands: ['import', 'ui'],
    kind: MOMENT_KIND,
  },
  /** How long the run may take, in milliseconds. */
  maxDurationMs: {
    flag: '--max-duration <time>',
    help: 'stop cleanly after this long, e.g. 4h or, in seconds, 14400',
    group: 'Pace and end',
    commands: ['import', 'ui'],
    kind: DURATION_MS,
  },
  /** How long to wait for another import on this checkpoint, in milliseconds. */
  waitMs: {
    flag: '--wait <time>',
    help: 'wait for another import on this checkpoint, e.g. 10m or, in seconds, 600',
    group: 'Pace and end',
    commands: WRITING,
    kind: DURATION_MS,
  },
  /** Where the rejected rows are written; else `FILE.rejected.csv`. */
  rejects: {
    flag: '--rejects <path>',
    help: 'rejected rows',
    fallbackInWords: 'FILE.rejected.csv',
    group: 'Files',
    commands: ['import', 'ui'],
    kind: OUTPUT_OR_NONE,
  },
  /** Where the log is written, `-` for standard error; else `FILE.log.jsonl`, false for none. */
  log: {
    flag: '--log <path>',
    help: 'log; - for standard error',
    fallbackInWords: 'FILE.log.jsonl',
    group: 'Files',
    commands: WRITING,
    kind: PATH_OR_NONE,
  },
});

/** The report of a run. */
export const REPORT_SETTINGS = table({
  /** Where the report is written; else `FILE.report.html`, false for none. */
  report: {
    flag: '--report <path>',
    help: 'report to look at',
    fallbackInWords: 'FILE.report.html',
    group: 'Files',
    commands: [...WRITING, 'verify'],
    kind: OUTPUT_OR_NONE,
    negation: { flag: '--no-report', help: 'no report' },
  },
  /** Puts personal data into the report. */
  reportData: {
    flag: '--report-data',
    help: 'personal data in the report as well',
    group: 'Files',
    commands: ['import', 'verify', 'ui'],
    kind: SWITCH,
  },
});
