/**
 * Who was sent as somebody corrected them in a rejects file, noted beside its list: the file itself may be thrown away, and what made
 * the row rejected be gone from the list.
 */
import type { CheckpointState } from '../../../../checkpoint/state.js';
import { digestText } from '../../../../contact/identity.js';
import type { Decisions } from '../../../../plan/decisions.js';
import type { SourceRecord } from '../../../../source/record.js';
import type { Reading } from '../../../reading/first-reading.js';
import type { OpenedFile } from '../../../reading/reading.js';
import { MOST_ROWS } from '../noted.js';
import type { SentAs } from '../../live/as-corrected.js';
import { noteCorrected, sentCorrectionsOf, type ListSentTo, type SentCorrection } from './noted-sent.js';
import { RejectedAs } from './rejected-as.js';
import { RowPrints, type RowPrint } from './row-print.js';

type StateDir = string | false | undefined;

/** Notes those rows of a rejects file that its import has sent. @param checkpoint that of the import */
export async function noteSentCorrections(
  { file, reading, decisions }: { readonly file: OpenedFile; readonly reading: Reading; readonly decisions: Decisions },
  { path, state }: { readonly path: string; readonly state: Pick<CheckpointState, 'isUnchanged' | 'scope'> },
  { file: name, stateDir }: { readonly file: string; readonly stateDir?: StateDir },
): Promise<void> {
  const { foundList, isRejectsFile, dialect, mapping } = file;
  if (foundList === undefined || !isRejectsFile) return;
  const prints = new RowPrints(dialect.header, mapping.columns);
  const rejected = await RejectedAs.of(file, stateDir);
  const rows: SentCorrection[] = [];
  // A run that stops notes what it has sent.
  for await (const batch of reading.planned(decisions, undefined)) {
    for (const planned of batch) {
      if (planned.kind !== 'contact' || !state.isUnchanged(planned)) continue;
      const identity = digestText(planned.identity);
      for (const record of planned.records) {
        const print = prints.of(record);
        rows.push({ key: prints.keyOf(record), identity, atMs: Date.now(), print, was: rejected.of(record) });
      }
    }
    if (rows.length > MOST_ROWS) return;
  }
  const list = { ...foundList.list, scope: state.scope };
  await noteCorrected({ checkpoint: path, file: name, rows }, list, stateDir);
}

/** How the rows of a list stood when they were rejected. */
export interface StoodRows {
  keyOf(record: SourceRecord): string;
  /** Since when a row stands as it did when it was rejected on that line; undefined where it did not. */
  stoodOn(key: string, record: SourceRecord): number | undefined;
  /** Whether it stands so on another line by now. */
  hasMoved(record: SourceRecord): boolean;
  /** Whether it is the one that stood so when it was rejected. */
  isStill(record: SourceRecord, stood: RowPrint, isOnLine: boolean): boolean;
}

export class SentCorrections {
  readonly #list: ListSentTo;
  readonly #stateDir: StateDir;
  readonly #stateOf: (checkpoint: string) => Promise<CheckpointState | undefined>;
  readonly #rows: StoodRows;
  #byKey: Promise<ReadonlyMap<string, readonly (SentCorrection & { readonly checkpoint: string })[]>> | undefined;
  /** Those that stand on another line by now, by the checkpoint of their import. */
  readonly #moved = new Map<string, SentCorrection[]>();

  /** @param stateOf what a checkpoint knows; undefined where it is not there any more */
  constructor(
    list: ListSentTo,
    stateDir: StateDir,
    stateOf: (checkpoint: string) => Promise<CheckpointState | undefined>,
    rows: StoodRows,
  ) {
    this.#list = list;
    this.#stateDir = stateDir;
    this.#stateOf = stateOf;
    this.#rows = rows;
  }

  /** Whom a row that was rejected as it stands was sent as, as it was corrected, and not taken back since; undefined where it was not. */
  async sentAs(record: SourceRecord): Promise<SentAs | undefined> {
    const byKey = await (this.#byKey ??= this.#read());
    const own = this.#rows.keyOf(record);
    const keys = byKey.size === 0 ? [] : this.#rows.hasMoved(record) ? byKey.keys() : [own];
    for (const key of keys) {
      const sinceMs = this.#rows.stoodOn(key, record);
      if (sinceMs === undefined) continue;
      for (const { checkpoint, ...sent } of byKey.get(key) ?? []) {
        const state = await this.#stateOf(checkpoint);
        const identity = Buffer.from(sent.identity, 'base64url');
        // Where its checkpoint was thrown away as well, nobody has taken it back.
        // A line of another sheet is another row's.
        const isOther = sent.was !== undefined && !this.#rows.isStill(record, sent.was, key === own);
        if (isOther || sent.atMs < sinceMs || state?.isKnown({ identity }) === false) continue;
        if (key !== own)
          this.#moved.set(checkpoint, [
            ...(this.#moved.get(checkpoint) ?? []),
            { ...sent, key: own, atMs: Date.now() },
          ]);
        return { identity, state };
      }
    }
    return undefined;
  }

  /** What the checkpoints know with which any of them were sent. */
  async states(): Promise<CheckpointState[]> {
    const all = [...(await (this.#byKey ??= this.#read())).values()].flat();
    const found = await Promise.all([...new Set(all.map(({ checkpoint }) => checkpoint))].map(this.#stateOf));
    return found.filter((state) => state !== undefined);
  }

  /** Notes on which lines they stand by now: of the others nothing is known once the list was imported. */
  async noteMoved(): Promise<void> {
    for (const [checkpoint, rows] of this.#moved) {
      await noteCorrected({ checkpoint, file: undefined, rows }, this.#list, this.#stateDir);
    }
  }

  async #read(): Promise<Map<string, (SentCorrection & { readonly checkpoint: string })[]>> {
    const byKey = new Map<string, (SentCorrection & { readonly checkpoint: string })[]>();
    for (const { checkpoint, rows } of await sentCorrectionsOf(this.#list, this.#stateDir)) {
      for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), { ...row, checkpoint }]);
    }
    return byKey;
  }
}
