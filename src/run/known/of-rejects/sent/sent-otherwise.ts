/**
 * Rows that were corrected in a rejects file, sent so, and stand otherwise now: in their list, or in another copy of the rejects. Sent
 * from here as well, the person would be there twice.
 */
import { basename } from 'node:path';
import { listScopes } from '../../../../checkpoint/checkpoint.js';
import type { Scope } from '../../../../checkpoint/format.js';
import type { CheckpointState } from '../../../../checkpoint/state.js';
import { digestText } from '../../../../contact/identity.js';
import type { PlannedContact } from '../../../../plan/planned.js';
import type { Problem } from '../../../../problem.js';
import type { SourceRecord } from '../../../../source/record.js';
import type { Reading } from '../../../reading/first-reading.js';
import type { PlaceOfList } from '../in-list.js';
import { sentCorrectionsOf, type SentCorrection } from '../noted.js';
import { sentOtherwise } from '../otherwise.js';
import { areHalfAlike, RowPrints, type RowPrint } from './row-print.js';

/** A row as it was sent. */
interface SentRow extends SentCorrection {
  readonly print: RowPrint;
  readonly checkpoint: string;
  readonly file: string | undefined;
}

/** Where it is noted which rows were sent, and what is known of their imports. */
export interface NotedAt {
  readonly stateDir: string | false | undefined;
  /** @returns undefined of a checkpoint that was thrown away */
  readonly stateOf: (checkpoint: string, scope: Scope) => Promise<CheckpointState | undefined>;
}

export class SentOtherwise {
  readonly #reading: Reading;
  /** The checkpoint of the list. */
  readonly #list: string;
  readonly #place: PlaceOfList;
  readonly #at: NotedAt;
  readonly #prints: RowPrints;
  #scope: Scope | undefined;
  #sent: Promise<readonly SentRow[]> | undefined;
  #standing: Promise<ReadonlySet<string>> | undefined;

  /** @param list the checkpoint of the list, which may be what is imported */
  constructor(reading: Reading, list: string, place: PlaceOfList, at: NotedAt) {
    this.#reading = reading;
    this.#list = list;
    this.#place = place;
    this.#at = at;
    const { dialect, mapping } = reading.file;
    this.#prints = new RowPrints(dialect.header, mapping.columns);
  }

  /** Why somebody who would be sent as new is not; undefined where none of their rows was sent otherwise. */
  async whyNot({ records, identity }: Pick<PlannedContact, 'records' | 'identity'>): Promise<Problem | undefined> {
    const sent = await (this.#sent ??= this.#read());
    if (sent.length === 0) return undefined;
    const own = digestText(identity);
    // One copy of the rejects may have been sent before another.
    if (records.some((record) => sent.some((row) => row.identity === own && row.key === this.#prints.keyOf(record))))
      return undefined;
    for (const record of records) {
      for (const row of sent) {
        if (row.identity === own || !(await this.#isSame(record, row))) continue;
        const state = await this.#stateOf(row);
        const ofRow = { identity: Buffer.from(row.identity, 'base64url') };
        // Where its checkpoint was thrown away as well, nobody has taken it back.
        if (state?.isKnown(ofRow) === false || state?.isMissing(state.numberOf(ofRow)) === true) continue;
        const { isRejectsFile, foundList } = this.#reading.file;
        return sentOtherwise(record, {
          file: row.file === undefined ? undefined : basename(row.file),
          key: row.key,
          id: state?.names.idOf(ofRow.identity),
          list: isRejectsFile ? basename(foundList?.list.file ?? '') : undefined,
        });
      }
    }
    return undefined;
  }

  /** Whether this is the row that was sent: where it stood, by its name; elsewhere where more is alike, and it stands there no more. */
  async #isSame(record: SourceRecord, { key, print }: SentRow): Promise<boolean> {
    const isOnLine = key === this.#prints.keyOf(record);
    const { isRejectsFile } = this.#reading.file;
    if (isRejectsFile && !isOnLine) return false;
    const now = this.#prints.of(record);
    if (now.name !== print.name) return false;
    if (isOnLine && now.name !== '') return true;
    if (!areHalfAlike(now, print)) return false;
    return isOnLine || (now.name !== '' && !(await (this.#standing ??= this.#stillStanding())).has(key));
  }

  #stateOf({ checkpoint }: SentRow): Promise<CheckpointState | undefined> {
    return this.#scope === undefined ? Promise.resolve(undefined) : this.#at.stateOf(checkpoint, this.#scope);
  }

  /** The lines on which somebody of that name stands still. */
  async #stillStanding(): Promise<Set<string>> {
    const names = new Map((await this.#sent)?.map(({ key, print }) => [key, print.name]));
    const standing = new Set<string>();
    for await (const batch of this.#reading.file.persons({ signal: undefined })) {
      for (const record of batch) {
        const key = this.#prints.keyOf(record);
        const name = names.get(key);
        if (name !== undefined && name === this.#prints.nameOf(record.cells)) standing.add(key);
      }
    }
    return standing;
  }

  async #read(): Promise<SentRow[]> {
    const { api, bot } = this.#place;
    const scopes = bot === undefined ? await listScopes(this.#list) : [{ api, bot }];
    this.#scope = scopes.findLast((one) => one.api === api);
    if (this.#scope === undefined) return [];
    const rows = new Map<string, SentRow>();
    for (const { rows: noted, ...from } of await sentCorrectionsOf(
      { checkpoint: this.#list, scope: this.#scope },
      this.#at.stateDir,
    )) {
      for (const { print, ...row } of noted) {
        // Earlier versions noted none.
        if (print === undefined) continue;
        const id = `${row.identity} ${print.cells}`;
        // Of a row that has moved the line where it was last.
        if (row.atMs >= (rows.get(id)?.atMs ?? 0)) rows.set(id, { ...row, ...from, print });
      }
    }
    return [...rows.values()];
  }
}
