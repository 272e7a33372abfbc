/** The settings of how a file is read and turned into contacts. */
import { choice, FOLDER, NAME, PATH, PATH_OR_MEMORY, SWITCH, TEXT } from './kind.js';
import { table, type CommandName } from './setting.js';
import { COUNTRY, DELIMITER, FIXED_VALUES } from './values.js';

const READING = ['import', 'plan', 'map', 'verify', 'ui'] as const satisfies readonly CommandName[];
/** Commands that find the state of a file. */
const WITH_STATE = [...READING, 'undo', 'status', 'forget'] as const satisfies readonly CommandName[];

/** Docstrings are those of the library's options. */
export const READING_SETTINGS = table({
  /** Path of a mapping file; else `FILE.mapping.json` where it exists, else the mapping is inferred. */
  mapping: {
    flag: '--mapping <path>',
    help: 'mapping file',
    fallbackInWords: 'FILE.mapping.json where it exists, else inferred',
    group: 'The file',
    commands: READING,
    kind: PATH,
  },
  /** The file's encoding, as iconv names it; else detected. */
  encoding: {
    flag: '--encoding <name>',
    help: 'encoding of the file',
    fallbackInWords: 'detected',
    group: 'The file',
    commands: READING,
    kind: TEXT,
    isKept: true,
  },
  /** The character between fields; else detected. */
  delimiter: {
    flag: '--delimiter <char>',
    help: 'character between fields, such as ; or tab',
    fallbackInWords: 'detected',
    group: 'The file',
    commands: READING,
    kind: DELIMITER,
    isKept: true,
  },
  /** Name of the sheet of a workbook; else the only one with contacts, or the first. */
  sheet: {
    flag: '--sheet <name>',
    help: 'sheet of a workbook',
    helpOf: { undo: 'sheet of a workbook whose newest import is undone' },
    fallbackInWords: 'the one with contacts, else the first',
    fallbackOf: { undo: 'that of the newest --live import' },
    group: 'The file',
    commands: [...READING, 'undo'],
    kind: TEXT,
    isKept: true,
  },
  /** True where the file has no header line. */
  noHeader: {
    flag: '--no-header',
    help: 'the file has no header line: columns are called Column 1, Column 2…',
    group: 'The file',
    commands: READING,
    kind: SWITCH,
    isKept: true,
  },
  /** The name under which standard input or an address keeps its state; it is no path: `workDir` says in which folder. */
  name: {
    flag: '--name <name>',
    help: 'name under which standard input or an address keeps its state',
    group: 'The file',
    commands: WITH_STATE,
    kind: NAME,
  },
  /** Region of phone numbers without +, ISO 3166-1 alpha-2. */
  country: {
    flag: '--country <CC>',
    help: 'region of phone numbers without +, e.g. GB',
    group: 'Columns and values',
    commands: READING,
    kind: COUNTRY,
    environment: 'CLARKY_COUNTRY',
    fileKey: 'country',
    isKept: true,
  },
  /** Fixed values for every contact, by field. */
  set: {
    flag: '--set <FIELD=VALUE>',
    help: 'fixed value for every contact (repeatable)',
    group: 'Columns and values',
    commands: READING,
    kind: FIXED_VALUES,
    fileKey: 'set',
    repeats: true,
    isKept: true,
  },
  /** What becomes of columns without a field. */
  unmapped: {
    flag: '--unmapped <how>',
    help: 'columns without a field: left out, or sent as custom fields',
    group: 'Columns and values',
    commands: READING,
    kind: choice('ignore', 'custom'),
    fileKey: 'unmapped',
    fallback: 'ignore',
    isKept: true,
  },
  /** What becomes of a row with a value that can't be read. */
  onInvalid: {
    flag: '--on-invalid <how>',
    help: "a value that can't be read: its row is rejected, or it alone left out",
    group: 'Columns and values',
    commands: READING,
    kind: choice('reject', 'omit'),
    fileKey: 'on_invalid',
    fallback: 'reject',
    isKept: true,
  },
  /** Sends N/A, unknown and the like as they stand, instead of taking them for blank. */
  keepPlaceholders: {
    flag: '--keep-placeholders',
    help: 'send N/A, unknown and the like as they stand, not as blank',
    group: 'Columns and values',
    commands: READING,
    kind: SWITCH,
    fileKey: 'keep_placeholders',
    fallback: false,
    isKept: true,
  },
  /** Repairs text that was garbled by an earlier program (`PÃ¢mela`) in every column; where all of a column speaks for it, that is done anyway. */
  repairText: {
    flag: '--repair-text',
    help: 'repair garbled text (PÃ¢mela) also in columns where some accents are correct',
    group: 'Columns and values',
    commands: READING,
    kind: SWITCH,
    fileKey: 'repair_text',
    fallback: false,
    isKept: true,
  },
  /** Takes no corrections from `FILE.edits.json`. */
  noEdits: {
    flag: '--no-edits',
    help: 'without the corrections that FILE.edits.json holds',
    group: 'Columns and values',
    commands: READING,
    kind: SWITCH,
    fallback: false,
  },
  /** Takes nothing from what earlier imports of the file were told, and keeps only what is given now. */
  forgetSettings: {
    flag: '--forget-settings',
    help: 'without the settings that earlier imports of FILE were given',
    group: 'Columns and values',
    commands: ['import', 'plan', 'verify'],
    kind: SWITCH,
  },
  /** What becomes of several rows of one contact. */
  duplicates: {
    flag: '--duplicates <how>',
    help: 'several rows of one contact',
    group: 'Who is who',
    commands: READING,
    kind: choice('merge', 'last', 'first', 'reject'),
    fileKey: 'duplicates',
    fallback: 'merge',
    isKept: true,
  },
  /** What becomes of a phone that clearly different people share. */
  sharedPhone: {
    flag: '--shared-phone <how>',
    help: 'a phone of clearly different people',
    group: 'Who is who',
    commands: READING,
    kind: choice('reject', 'omit', 'send'),
    fileKey: 'shared_phone',
    fallback: 'reject',
    isKept: true,
  },
  /** Custom field that keeps a phone left out by `sharedPhone: 'omit'`. */
  keepSharedPhone: {
    flag: '--keep-shared-phone <KEY>',
    help: 'custom field that keeps a phone left out by --shared-phone omit',
    group: 'Who is who',
    commands: READING,
    kind: TEXT,
    fileKey: 'keep_shared_phone',
    isKept: true,
  },
  /** What becomes of an e-mail that clearly different people share. */
  sharedEmail: {
    flag: '--shared-email <how>',
    help: 'an e-mail of clearly different people',
    group: 'Who is who',
    commands: READING,
    kind: choice('reject', 'merge', 'omit'),
    fileKey: 'shared_email',
    fallback: 'reject',
    isKept: true,
  },
  /** Of rows that hold several numbered persons: the first, or each as a contact. */
  persons: {
    flag: '--persons <which>',
    help: 'rows that hold several numbered persons: the first, or each of them',
    group: 'Who is who',
    commands: READING,
    kind: choice('first', 'each'),
    fileKey: 'persons',
    fallback: 'first',
    isKept: true,
  },
  /** Path of the checkpoint; else `FILE.checkpoint.jsonl`. */
  checkpoint: {
    flag: '--checkpoint <path>',
    help: 'checkpoint',
    fallbackInWords: 'FILE.checkpoint.jsonl',
    group: 'Files',
    commands: WITH_STATE,
    kind: PATH_OR_MEMORY,
  },
  /** The folder of all that is written for a file; else its own. */
  workDir: {
    flag: '--work-dir <dir>',
    help: 'folder of all files that are written',
    fallbackInWords: 'that of FILE',
    group: 'Files',
    commands: [...WITH_STATE, 'doctor'],
    kind: FOLDER,
  },
});
