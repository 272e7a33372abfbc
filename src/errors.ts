/**
 * What stops a run. Every such error carries a stable code; one table says which exit status it becomes.
 * What is wrong with a single row is not an error but a `Problem`: expected is a value.
 */

/** Exit statuses, as docs/unattended.md and `--help` promise them. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  someRejected: 3,
  refused: 4,
  unreachable: 5,
  locked: 6,
  deadline: 7,
  sigint: 130,
  sigterm: 143,
} as const;

const EXIT_BY_CODE = {
  internal: EXIT.internal,
  /** An option or argument that can't be used. */
  usage: EXIT.usage,
  file_not_found: EXIT.usage,
  file_unreadable: EXIT.usage,
  /** Bytes that are not valid in the file's encoding, or an encoding that can't be told. */
  bad_encoding: EXIT.usage,
  /** The text can't be read as a table: empty, no header, no delimiter. */
  bad_dialect: EXIT.usage,
  /** A mapping file that is not valid, or a mapping that can't work (no email and no phone column). */
  bad_mapping: EXIT.usage,
  no_key: EXIT.usage,
  no_bot: EXIT.usage,
  /** A checkpoint that is not ours, or of a newer version, or unreadable before anything was sent. */
  bad_checkpoint: EXIT.usage,
  /** A folder or file that can't be written, found before anything was sent. */
  not_writable: EXIT.usage,
  unauthorized: EXIT.refused,
  forbidden: EXIT.refused,
  wrong_bot: EXIT.refused,
  wrong_url: EXIT.refused,
  all_rejected: EXIT.refused,
  /** The first contact that was taken back did not become what was meant: Clarky takes PATCH or DELETE otherwise. */
  not_as_meant: EXIT.refused,
  /** Clarky empties what an upsert leaves out, and keeps it empty: every update would destroy something. */
  clears_fields: EXIT.refused,
  /** Clarky makes a second contact of each that it has: its upsert finds nobody. */
  second_contacts: EXIT.refused,
  /** A guard (`--fail-over`) stopped the run before its first write. */
  guarded: EXIT.refused,
  unreachable: EXIT.unreachable,
  /** Local storage failed in the middle (disk full, folder gone): stopped, the rest is pending. */
  storage_failed: EXIT.unreachable,
  /** The input changed while it was read: stopped, the rest is pending. */
  input_changed: EXIT.unreachable,
  locked: EXIT.locked,
  deadline: EXIT.deadline,
  interrupted: EXIT.sigint,
  terminated: EXIT.sigterm,
} as const;

export type ErrorCode = keyof typeof EXIT_BY_CODE;

/** True for the exit status of what somebody stopped on purpose. */
export function isStopAskedFor(exit: number | undefined): boolean {
  return exit === EXIT.sigint || exit === EXIT.sigterm;
}

/** What is to be done, as it is and as it is where nothing of the run is kept. */
export type AdviceToGoOn = Readonly<Record<'next' | 'anew', string>>;

/** What is to be done about a run that was stopped. @param before what comes first, up to "run the same command again" */
export function toGoOn(before: string): AdviceToGoOn {
  const again = `${before} run the same command again`;
  return { next: `${again} to go on.`, anew: `${again}; as its checkpoint was in memory, all is sent once more.` };
}

/** An error that stops the run: `message` says what and where, `next` what to do about it. */
export class ImporterError extends Error {
  override readonly name = 'ImporterError';
  /** Stable, for programs: `usage`, `unauthorized`, `unreachable`… */
  readonly code: ErrorCode;
  /** What the user can do next, as a sentence or a command to type. */
  readonly next: string | undefined;
  /** The same where nothing of the run is kept that it could go on from; undefined where that makes no difference. */
  readonly anew: string | undefined;
  /** The server's own words, which may hold anything: for a person's eyes, printed sanitised; never for a log. */
  readonly said: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { next?: string | undefined; anew?: string | undefined; said?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = options.next;
    this.anew = options.anew;
    this.said = options.said;
  }

  /** What of it JSON holds, as a log of services writes it; nothing of the server's own words. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { name, code, message, next, exitStatus } = this;
    return { name, code, message, next, exitStatus };
  }

  /** The process exit status that this error becomes. */
  get exitStatus(): number {
    return EXIT_BY_CODE[this.code];
  }
}

/** Where a key may have come from, in advice: the command line knows which of them it was. */
export const KEY_PLACES = 'CLARKY_KEY, CLARKY_KEYS, --key-file or the profile';
