/**
 * Whether the bots of a workspace share their contacts, or each has its own: the workspace decides that, and no call tells. The first
 * upsert that would find another bot's contact shows it, and whatever else would change such a one waits for its answer: by its id alone
 * it could be taken away from a bot that has its own.
 */
import type { UpsertResult } from '../../../api/calls.js';
import type { WireContact } from '../../../api/wire.js';
import type { BotsContacts } from '../../../checkpoint/facts/run-fact.js';
import { isOfBot } from '../../../workspace/compare.js';
import { readStored } from '../../../workspace/stored.js';
import { unclearWhoseItIs } from '../not-sent.js';
import type { Prepared, Preparer } from '../preparer.js';

export interface OtherBotsParts {
  readonly preparer: Pick<Preparer, 'prepare' | 'settled'>;
  /** Whose contacts are sent. */
  readonly bot: string;
  /** What was seen before, by an earlier run or in the workspace: it may have been decided otherwise since. */
  readonly seenBefore: () => BotsContacts | undefined;
  /** Reads a contact of an id; undefined where the key may not, or it is not there. */
  readonly readBack: (id: string) => Promise<WireContact | undefined>;
  /** Told once what was seen, and which other bot has contacts; resolves when that is noted. */
  readonly onSeen: (contacts: BotsContacts, other: string) => Promise<void>;
}

export class OtherBots {
  readonly #parts: OtherBotsParts;
  #seen: BotsContacts | undefined;
  /** The write that is to show it; the others wait for its answer. */
  #showing: Promise<void> | undefined;
  #shown: (() => void) | undefined;

  constructor(parts: OtherBotsParts) {
    this.#parts = parts;
  }

  /**
   * Prepares a contact; one that another bot has as new, where each bot has its own.
   * @param mayShow whether an upsert finds the very contact of the other bot, where it looks there
   */
  async prepare(given: Parameters<Preparer['prepare']>, mayShow: (prepared: Prepared) => boolean): Promise<Prepared> {
    const { preparer, bot, seenBefore } = this.#parts;
    for (;;) {
      const prepared = await preparer.prepare(...given);
      const { stored, problem } = prepared;
      if (stored === undefined || problem !== undefined || isOfBot(stored, bot)) return prepared;
      const isFirst = this.#seen === undefined && this.#showing === undefined;
      if (isFirst && mayShow(prepared)) return this.#begin(prepared);
      const contacts = this.#seen ?? (isFirst ? seenBefore() : undefined);
      if (contacts === 'shared') return prepared;
      if (contacts === 'apart') return withoutOthers(prepared);
      if (isFirst) return { ...prepared, problem: unclearWhoseItIs(stored.id, stored.bot_id) };
      preparer.settled(prepared);
      await this.#showing;
    }
  }

  #begin(prepared: Prepared): Prepared {
    this.#showing = new Promise((resolve) => (this.#shown = resolve));
    return { ...prepared, showsBots: true };
  }

  /** Looks at what was answered. Gives whether the contact was made beside that of the other bot. */
  async see(
    { showsBots, stored }: Prepared,
    { contact: { id }, created }: Pick<Extract<UpsertResult, { outcome: 'accepted' }>, 'contact' | 'created'>,
  ): Promise<boolean> {
    if (showsBots !== true || stored === undefined) return false;
    // It may have found a third one.
    if (id !== stored.id && (created === false || !(await this.#isThere(stored.id)))) return false;
    this.#seen = id === stored.id ? 'shared' : 'apart';
    await this.#parts.onSeen(this.#seen, stored.bot_id ?? '');
    return this.#seen === 'apart';
  }

  /** Whatever became of it, others need not wait for it any more. */
  settled(prepared: Prepared): void {
    this.#parts.preparer.settled(prepared);
    if (prepared.showsBots !== true) return;
    this.#shown?.();
    this.#showing = undefined;
    this.#shown = undefined;
  }

  /** Somebody may have deleted it just before: then it was made anew. */
  async #isThere(id: string): Promise<boolean> {
    const there = readStored(await this.#parts.readBack(id));
    return there?.id === id && !isOfBot(there, this.#parts.bot);
  }
}

/** As somebody new: what another bot has of it is none of its own. */
export function withoutOthers({ planned, isProof }: Prepared): Prepared {
  return { planned, contact: planned.contact, stored: undefined, isProof };
}
