/** What one row of the table of settings says. */
import type { Kind } from './kind.js';

export type CommandName =
  | 'import'
  | 'plan'
  | 'map'
  | 'verify'
  | 'undo'
  | 'status'
  | 'forget'
  | 'bots'
  | 'ui'
  | 'login'
  | 'doctor';

/** Those that reach Clarky with a key. */
export const REACHING = ['import', 'plan', 'verify', 'undo', 'bots', 'ui', 'login', 'doctor'] as const;

/** Under which heading the help and the page show it, in this order. */
export const GROUPS = [
  'The file',
  'Columns and values',
  'Who is who',
  'Clarky',
  'Pace and end',
  'Files',
  'Output',
] as const;
export type Group = (typeof GROUPS)[number];

export interface Setting<Value, Fallback extends Value | undefined = Value | undefined> {
  /** As commander takes it: `--country <CC>`, `--live`, `--no-header`. */
  readonly flag: string;
  /** What it does, for the help: no full stop at the end. */
  readonly help: string;
  /** Where a command means something else by it. */
  readonly helpOf?: Partial<Record<CommandName, string>>;
  readonly group: Group;
  readonly commands: readonly CommandName[];
  readonly kind: Kind<Value>;
  /** A variable of the environment. */
  readonly environment?: string;
  /** A key under "settings" of a mapping file. */
  readonly fileKey?: string;
  /** The default. */
  readonly fallback?: Fallback;
  /** How help words the default, if it is no plain value. */
  readonly fallbackInWords?: string;
  /** How help words the default of a command that has another one. */
  readonly fallbackOf?: Partial<Record<CommandName, string>>;
  /** The flag may be given again: its texts become a list. */
  readonly repeats?: true;
  /** It shapes which contacts come out of a file: kept in the checkpoint, and the default of the next command on it. */
  readonly isKept?: true;
  /** Another flag that says false. */
  readonly negation?: { readonly flag: string; readonly help: string };
}

/** What anybody may do with a row. */
export type AnySetting = Setting<unknown>;

type ValueOf<Row> = Row extends { readonly kind: Kind<infer Value> } ? Value : never;

/** The values of a table of settings, each of which may be left out. */
export type ValuesOf<Table> = { readonly [Name in keyof Table]?: ValueOf<Table[Name]> | undefined };

/** The values of a table where what is left out has its fallback. */
export type ResolvedOf<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly fallback: infer Fallback }
    ? ValueOf<Table[Name]> | Fallback
    : ValueOf<Table[Name]> | undefined;
};

/** Fixes the types of a table's rows without widening them. */
export function table<const Table extends Readonly<Record<string, AnySetting>>>(rows: Table): Table {
  return rows;
}
