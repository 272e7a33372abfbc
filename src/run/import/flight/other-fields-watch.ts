/**
 * Whether updates empty fields that the importer never writes, such as an owner or a birthday. Each field is judged by the
 * first update that shows what becomes of it: whoever empties it later may be a person.
 */
import { ImporterError } from '../../../errors.js';
import type { WireContact } from '../../../api/wire.js';
import { isBlankOther } from '../../../workspace/other-fields.js';
import type { StoredContact } from '../../../workspace/stored.js';
import type { ImportEvent } from '../../events.js';

export interface OtherFieldsParts {
  readonly readBack: (id: string) => Promise<WireContact | undefined>;
  /** The same contact as a list shows it; undefined where none does. */
  readonly listed: (stored: StoredContact) => Promise<WireContact | undefined>;
  /** What an earlier run has seen emptied. */
  readonly emptiedBefore: readonly string[];
  /** Told what an update has emptied; resolves when that is noted. */
  readonly onEmptied: (fields: readonly string[]) => Promise<void>;
}

export class OtherFieldsWatch {
  readonly #parts: OtherFieldsParts;
  /** Fields that an update left as they were, or of which it can't be told. */
  readonly #settled = new Set<string>();
  readonly #lost: Set<string>;

  constructor(parts: OtherFieldsParts) {
    this.#parts = parts;
    this.#lost = new Set(parts.emptiedBefore);
  }

  /** @throws ImporterError `clears_fields` for a contact that an update would empty of something, as was seen before */
  check({ others = {} }: StoredContact): void {
    const fields = Object.keys(others).filter((field) => this.#lost.has(field));
    if (fields.length > 0) throw emptiesOthers(fields);
  }

  /** Whether it has a field for which no answer has shown yet what an update does to it. */
  isOpen(stored: StoredContact): boolean {
    return this.#openOf(stored).length > 0;
  }

  /** The fields that an update has emptied. Every form in which Clarky shows a contact is asked: an answer may leave some out. */
  async emptied(stored: StoredContact, answer: WireContact): Promise<string[]> {
    const open = this.#openOf(stored);
    const suspected = open.filter((field) => isBlankOther(answer[field]));
    if (suspected.some((field) => !this.#lost.has(field))) {
      const read = await this.#parts.readBack(stored.id);
      const listed = await this.#parts.listed(stored);
      for (const field of suspected) {
        const isBlank = [answer, read, listed].every((shown) => isBlankOther(shown?.[field]));
        const isTold = listed !== undefined || [answer, read].some((shown) => shown && Object.hasOwn(shown, field));
        if (isBlank && isTold) this.#lost.add(field);
      }
    }
    for (const field of open) if (!this.#lost.has(field)) this.#settled.add(field);
    const emptied = suspected.filter((field) => this.#lost.has(field));
    if (emptied.length > 0) await this.#parts.onEmptied([...this.#lost]);
    return emptied;
  }

  #openOf({ others = {} }: StoredContact): string[] {
    return Object.keys(others).filter((field) => !this.#settled.has(field));
  }
}

/** The error for fields that were emptied, and that only Clarky itself could give back. */
export function emptiesOthers(fields: readonly string[]): ImporterError {
  const named = fields.slice(0, 5).join(', ');
  return new ImporterError(
    'clears_fields',
    `Clarky empties fields that an import does not name, and that no import can send along: ${named}.`,
    {
      next: 'Nothing more was sent. Look at that contact in Clarky. Once Clarky keeps such fields, import with --forget-settings. What a live import changed is taken back, where it can be, with: clarky-contacts undo FILE',
    },
  );
}

/** The event of a change that has emptied what it did not name, where that is given back. */
export function changeEmpties(fields: readonly string[]): Extract<ImportEvent, { type: 'warning' }> {
  const named = fields.slice(0, 5).join(', ');
  const message = `Clarky empties what a PATCH does not name (${named}): that is given back at once, and all that a contact has is sent along from now on.`;
  return { type: 'warning', code: 'clears_fields', message };
}

/** Something was cleared, and sending it along does not keep it. */
export function clearsFields(fields: readonly string[]): ImporterError {
  return new ImporterError(
    'clears_fields',
    `Clarky empties fields that an import does not name, and keeps them empty when they are sent along: ${fields.slice(0, 5).join(', ')}.`,
    {
      next: 'Nothing more was sent. Look at that contact in Clarky. What a live import changed is taken back with: clarky-contacts undo FILE',
    },
  );
}
