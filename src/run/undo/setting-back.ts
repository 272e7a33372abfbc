/** Sets one contact back: writes it, looks at what came of that, and gives back what the write has emptied. */
import { linesInWords, placeOf } from '../../wording/rows/lines.js';
import type { Client, WriteOptions } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import type { ContactPointShape } from '../../contact/payload.js';
import { ImporterError } from '../../errors.js';
import type { FieldName } from '../../workspace/compare.js';
import {
  emptiedBy,
  fieldsLeftOut,
  notAsMeant,
  setBackBody,
  stillJoined,
  valuesIn,
  wholeOf,
  type UndoStep,
} from '../../workspace/set-back.js';
import { readStored, type StoredContact } from '../../workspace/stored.js';
import type { UndoEntry, UndoJournal } from '../../workspace/undo/undo-journal.js';
import type { ImportListener } from '../events.js';
import { changeEmpties } from '../import/flight/other-fields-watch.js';
import { REJECTED, type Done } from './left.js';
import { lookUntil } from './as-it-is.js';

/** Whether a write is read back before it is believed. */
export type Trust = 'reading back' | 'trusting';

interface SettingBackParts {
  readonly client: Pick<Client, 'patchContact'>;
  readonly journal: UndoJournal;
  readonly contactPoints: ContactPointShape;
  readonly read: (id: string) => Promise<WireContact | undefined>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly failed: (message: string) => ImporterError;
  readonly emit: ImportListener;
}

type SetBackStep = Extract<UndoStep, { kind: 'set_back' }>;

interface How {
  readonly trust: Trust;
  readonly flight: WriteOptions;
  /** What a write of this contact has emptied. */
  readonly lost?: readonly FieldName[];
}

export class SettingBack {
  readonly #parts: SettingBackParts;
  /** True once one that was read back showed what becomes of what a PATCH does not name. */
  hasShownLeftOut = false;
  /** What a PATCH that did not name it has emptied. */
  readonly #emptied = new Set<FieldName>();

  constructor(parts: SettingBackParts) {
    this.#parts = parts;
  }

  /**
   * @returns what it came to: `leave` where Clarky rejected it, or takes nothing out of lists; `nothing` where the contact has just gone
   * @throws ImporterError `not_as_meant` where it did something else
   */
  async set(entry: UndoEntry, step: SetBackStep, current: StoredContact, how: How): Promise<Done> {
    const { client, contactPoints, read, sleep } = this.#parts;
    const { trust, flight, lost = [] } = how;
    const { fields } = step;
    const isWhole = this.#emptied.size > 0;
    const aim = isWhole ? wholeOf(entry, fields, current, this.#emptied) : entry;
    const named = isWhole ? (Object.keys(aim.before) as FieldName[]) : fields;
    const result = await client.patchContact(current.id, setBackBody(aim, named, current, contactPoints), flight);
    // Who can be read, and not be changed, is there.
    if (result === undefined) return (await read(current.id)) === undefined ? { kind: 'nothing' } : REJECTED;
    const isRejected = result !== 'unseen' && result.outcome === 'rejected';
    if (isRejected && lost.length === 0) return REJECTED;
    const shown = result === 'unseen' || result.outcome === 'rejected' ? undefined : readStored(result.contact);
    const isPlain = shown === undefined || stillJoined(aim, fields, current, shown).length === 0;
    if (trust === 'trusting' && !isWhole && result !== 'unseen' && isPlain) return step;
    const now = await lookUntil(
      async () => readStored(await read(current.id)),
      (seen) =>
        seen === undefined ||
        emptiedBy(current, seen, named).length > 0 ||
        notAsMeant(aim, named, current, seen).length === 0,
      sleep,
    );
    if (now === undefined) return { kind: 'nothing' };
    const emptied = emptiedBy(current, now, named);
    if (emptied.length > 0 && !isRejected) {
      await this.#noteEmptied(entry, emptied, current);
      return this.set(entry, step, current, { trust, flight, lost: [...lost, ...emptied] });
    }
    const joined = stillJoined(aim, fields, current, now);
    const wrong = notAsMeant(aim, named, current, now).filter((field) => !joined.includes(field));
    if (wrong.length > 0) {
      throw this.#parts.failed(
        `Contact ${current.id} (${linesInWords([placeOf(entry)])}) was set back and read again, and is not as it should be in: ${wrong.join(', ')}.`,
      );
    }
    this.hasShownLeftOut ||= isWhole || fieldsLeftOut(current, named).length > 0;
    if (joined.length === 0) return step;
    const back = fields.filter((field) => !joined.includes(field));
    return back.length === 0
      ? { kind: 'leave', reason: 'lists_joined', fields: joined }
      : { ...step, fields: back, joined };
  }

  /** What was emptied is on disk before it is sent along: a run that is cut off in between leaves it to the next. */
  async #noteEmptied(
    { identity, line, file, id }: UndoEntry,
    fields: readonly FieldName[],
    was: StoredContact,
  ): Promise<void> {
    const wrote = Object.fromEntries(fields.map((field) => [field, null]));
    await this.#parts.journal.append({
      kind: 'sending',
      identity,
      line,
      file,
      id,
      before: valuesIn(was, fields),
      wrote,
    });
    if (this.#emptied.size === 0) this.#parts.emit(changeEmpties(fields));
    for (const field of fields) this.#emptied.add(field);
  }
}

/** @param before how many were taken back as meant */
export function notAsMeantAfter(before: number, message: string): ImporterError {
  const others =
    before === 0 ? 'Nothing else was touched' : `${before} before it went as meant, and no others were touched`;
  return new ImporterError('not_as_meant', message, {
    next: `How Clarky takes PATCH and DELETE is not documented. ${others}: undo by hand, or ask Clarky.`,
  });
}
