/** Every setting there is, once. What a setting means is one row; flags, files, documents and forms are made of it. */
import { DOCTOR_SETTINGS, KEY_SETTINGS, OUTPUT_SETTINGS, VERIFY_SETTINGS } from './command-table.js';
import { READING_SETTINGS } from './reading-table.js';
import { API_SETTINGS, LIVE_SETTINGS, REPORT_SETTINGS, RUN_SETTINGS } from './sending-table.js';
import { GROUPS, type AnySetting, type CommandName, type ResolvedOf, type ValuesOf } from './setting.js';

export const SETTINGS = {
  ...READING_SETTINGS,
  ...KEY_SETTINGS,
  ...API_SETTINGS,
  ...LIVE_SETTINGS,
  ...RUN_SETTINGS,
  ...DOCTOR_SETTINGS,
  ...VERIFY_SETTINGS,
  ...REPORT_SETTINGS,
  ...OUTPUT_SETTINGS,
};

export type SettingName = keyof typeof SETTINGS;

/** What was said, wherever it was said; what was not is left out. */
export type Settings = ValuesOf<typeof SETTINGS>;

/** The same with fallbacks in place. */
export type ResolvedSettings = ResolvedOf<typeof SETTINGS>;

export type ReadingValues = ValuesOf<typeof READING_SETTINGS>;
export type ApiValues = ValuesOf<typeof API_SETTINGS>;
export type LiveValues = ValuesOf<typeof LIVE_SETTINGS>;
export type RunValues = ValuesOf<typeof RUN_SETTINGS>;
export type ReportValues = ValuesOf<typeof REPORT_SETTINGS>;
export type VerifyValues = ValuesOf<typeof VERIFY_SETTINGS>;

/** Settings that are no text, which a caller may write as the flag takes them, as text: `deadline: '06:00'`, `failOverPercent: '10%'`. */
export type WrittenAsText =
  | 'concurrency'
  | 'deadline'
  | 'failOverPercent'
  | 'maxDurationMs'
  | 'maxOutageSeconds'
  | 'rate'
  | 'sample'
  | 'seed'
  | 'waitMs';

/** What code may say of a column that it maps: what a mapping file does. */
export interface ColumnEntry {
  /** A field, `name`, `pipeline_stage`, `custom:KEY`, `ignore`, `unmapped` or `undecided`. */
  readonly to: string;
  /** Among the columns of a list field: before or after the others. */
  readonly position?: 'first' | 'last' | undefined;
  /** Of `deal_value`. */
  readonly decimal?: 'point' | 'comma' | undefined;
  /** Of a custom field of the type date, or of none: which of day and month comes first. */
  readonly dates?: 'dmy' | 'mdy' | undefined;
  /** Of a custom field. */
  readonly type?: 'text' | 'date' | 'boolean' | 'number' | undefined;
  /** Of `name`: `last_first` where "Lovelace Ada" is meant. */
  readonly split?: 'first_last' | 'last_first' | undefined;
  /** Which of a row's numbered persons it is about. */
  readonly person?: number | undefined;
}

/**
 * The field of each column that is named, in the words of a mapping file, alone (`'emails'`, `'custom:plan'`, `'ignore'`) or with what it says
 * beside that (`{ to: 'deal_value', decimal: 'comma' }`). Columns that it does not name are mapped as without it.
 */
export type ColumnFields = Readonly<Record<string, string | ColumnEntry>>;

/** Options as a caller may write them. */
export type Written<Options> = {
  readonly [Name in keyof Options]: Name extends WrittenAsText
    ? Options[Name] | string
    : Name extends 'mapping'
      ? Options[Name] | ColumnFields
      : Options[Name];
};

/** Every row with its name, by group. */
export function settingRows(): (readonly [SettingName, AnySetting])[] {
  const rows = Object.entries(SETTINGS) as [SettingName, AnySetting][];
  return rows.sort(([, one], [, other]) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
}

/** The rows that a command takes, in the order of its help. */
export function settingsFor(command: CommandName): (readonly [SettingName, AnySetting])[] {
  return settingRows().filter(([, { commands }]) => commands.includes(command));
}
