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
import { keyIn, type Member } from '../members.js';
import { listsSharing } from '../noted.js';
import type { PlaceOfList } from '../places.js';
import { sentOtherwise } from '../otherwise.js';
import { sentCorrectionsOf, type SentCorrection } from './noted-sent.js';
import { RejectedAs } from './rejected-as.js';
import { isStill, isWholly, RowPrints, type RowPrint } from './row-print.js';

/** A row as it was sent; its key is that by which this list tells it. */
interface SentRow extends SentCorrection {
  readonly print: RowPrint;
  readonly checkpoint: string;
  readonly file: string | undefined;
  /** By which that file tells it. */
  readonly keyThere: string;
  /** Where it was sent to. */
  readonly scope: Scope;
}

/** The list, which may be what is imported, and the files that it is made of, so far as they are known. */
export interface OwnList {
  readonly checkpoint: string;
  readonly members: () => Promise<readonly Member[]>;
}

/** Where it is noted which rows were sent, and what is known of their imports. */
export interface NotedAt {
  readonly stateDir: string | false | undefined;
  /** @returns undefined of a checkpoint that was thrown away */
  readonly stateOf: (checkpoint: string, scope: Scope) => Promise<CheckpointState | undefined>;
}

/** Them, by where they stood, and by the names under which they stood there or were sent. */
interface SentRows {
  readonly all: readonly SentRow[];
  readonly byKey: ReadonlyMap<string, readonly SentRow[]>;
  readonly byName: ReadonlyMap<string, readonly SentRow[]>;
}

/** Those that stand somewhere just as they were rejected or sent, and the lines on which somebody of their name does. */
interface Standing {
  readonly whole: ReadonlySet<SentRow>;
  readonly named: ReadonlySet<string>;
}

/** What a row may look like that was corrected in one place alone. */
function looksOf({ print, was }: SentRow): RowPrint[] {
  return was === undefined ? [print] : [print, was];
}

export class SentOtherwise {
  readonly #reading: Reading;
  readonly #list: OwnList;
  readonly #place: PlaceOfList;
  readonly #at: NotedAt;
  readonly #prints: RowPrints;
  #sent: Promise<SentRows> | undefined;
  #rejected: Promise<RejectedAs> | undefined;
  #standing: Promise<Standing> | undefined;

  constructor(reading: Reading, list: OwnList, place: PlaceOfList, at: NotedAt) {
    this.#reading = reading;
    this.#list = list;
    this.#place = place;
    this.#at = at;
    const { dialect, mapping } = reading.file;
    this.#prints = new RowPrints(dialect.header, mapping.columns);
  }

  /** Why somebody who would be sent as new is not; undefined where none of their rows was sent otherwise. */
  async whyNot({ records, identity }: Pick<PlannedContact, 'records' | 'identity'>): Promise<Problem | undefined> {
    const { all, byKey, byName } = await (this.#sent ??= this.#read());
    if (all.length === 0) return undefined;
    const own = digestText(identity);
    const onLine = (record: SourceRecord): readonly SentRow[] => byKey.get(this.#prints.keyOf(record)) ?? [];
    // One copy of the rejects may have been sent before another.
    if (records.some((record) => onLine(record).some((row) => row.identity === own))) return undefined;
    for (const record of records) {
      const now = this.#prints.of(record);
      const named = now.name === '' ? [] : (byName.get(now.name) ?? []);
      for (const row of new Set([...onLine(record), ...named])) {
        if (row.identity === own || !(await this.#isSame(record, now, row))) continue;
        const state = await this.#at.stateOf(row.checkpoint, row.scope);
        const ofRow = { identity: Buffer.from(row.identity, 'base64url') };
        // Where its checkpoint was thrown away as well, nobody has taken it back.
        if (state?.isKnown(ofRow) === false || state?.isMissing(state.numberOf(ofRow)) === true) continue;
        const { isRejectsFile, foundList } = this.#reading.file;
        return sentOtherwise(record, {
          file: row.file === undefined ? undefined : basename(row.file),
          ...{ key: row.key, keyThere: row.keyThere },
          id: state?.names.idOf(ofRow.identity),
          list: isRejectsFile ? basename(foundList?.list.file ?? '') : undefined,
        });
      }
    }
    return undefined;
  }

  /** Whether this is the row that was sent: as it was rejected or sent, or changed since, and then the only one. */
  async #isSame(record: SourceRecord, now: RowPrint, row: SentRow): Promise<boolean> {
    const isOnLine = row.key === this.#prints.keyOf(record);
    const looks = looksOf(row);
    if (this.#reading.file.isRejectsFile) {
      if (!isOnLine) return false;
    } else if (looks.some((look) => isWholly(now, look))) return true;
    if (!(await this.#isOfRow(record, row)) && !looks.some((look) => isStill(now, look, isOnLine))) return false;
    const { whole, named } = await (this.#standing ??= this.#stillStanding());
    return !whole.has(row) && (isOnLine || !named.has(row.key));
  }

  /** Whether both are corrections of one row of the list. */
  async #isOfRow(record: SourceRecord, { was }: SentRow): Promise<boolean> {
    if (was === undefined || !this.#reading.file.isRejectsFile) return false;
    this.#rejected ??= RejectedAs.of(this.#reading.file, this.#at.stateDir);
    const own = (await this.#rejected).of(record);
    return own !== undefined && isWholly(own, was);
  }

  /** Which of them stand in the file still: who is on their line as well is somebody else. */
  async #stillStanding(): Promise<Standing> {
    const sent = await (this.#sent ??= this.#read());
    const [whole, named] = [new Set<SentRow>(), new Set<string>()];
    for await (const batch of this.#reading.file.persons({ signal: undefined })) {
      for (const record of batch) {
        const key = this.#prints.keyOf(record);
        const rows = sent.byName.get(this.#prints.nameOf(record.cells)) ?? [];
        if (rows.length === 0) continue;
        const now = this.#prints.of(record);
        for (const row of rows) {
          if (row.key === key) named.add(key);
          if (looksOf(row).some((look) => isWholly(now, look))) whole.add(row);
        }
      }
    }
    return { whole, named };
  }

  async #read(): Promise<SentRows> {
    const { stateDir } = this.#at;
    const own = { checkpoint: this.#list.checkpoint, members: await this.#list.members() };
    const rows = new Map<string, SentRow>();
    for (const { checkpoint, members } of [own, ...(await listsSharing(own, stateDir))]) {
      const scope = await this.#scopeOf(checkpoint);
      if (scope === undefined) continue;
      for (const { rows: noted, ...from } of await sentCorrectionsOf({ checkpoint, scope }, stateDir)) {
        for (const { print, ...row } of noted) {
          const key = members === own.members ? row.key : keyIn(row.key, members, own.members);
          // Earlier versions noted no prints; and another list has rows of other files as well.
          if (print === undefined || key === undefined) continue;
          const id = `${row.identity} ${print.cells}`;
          // Of a row that has moved the line where it was last.
          if (row.atMs >= (rows.get(id)?.atMs ?? 0))
            rows.set(id, { ...row, ...from, key, keyThere: row.key, scope, print });
        }
      }
    }
    return sentRows([...rows.values()]);
  }

  async #scopeOf(checkpoint: string): Promise<Scope | undefined> {
    const { api, bot } = this.#place;
    if (bot !== undefined) return { api, bot };
    return (await listScopes(checkpoint)).findLast((one) => one.api === api);
  }
}

function sentRows(all: readonly SentRow[]): SentRows {
  const [byKey, byName] = [new Map<string, SentRow[]>(), new Map<string, SentRow[]>()];
  const add = (map: Map<string, SentRow[]>, at: string, row: SentRow): void => {
    map.set(at, [...(map.get(at) ?? []), row]);
  };
  for (const row of all) {
    add(byKey, row.key, row);
    for (const name of new Set(looksOf(row).map((look) => look.name))) if (name !== '') add(byName, name, row);
  }
  return { all, byKey, byName };
}
