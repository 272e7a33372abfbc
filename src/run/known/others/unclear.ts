/**
 * Who is sent as the contact that has one of its e-mails, under a name in a script that can't be compared with that of its own: they may
 * be two. Said, so that somebody looks.
 */
import { isUnclearAcross } from '../../../contact/names/across-scripts.js';
import { nameOf, whoOf } from '../../../contact/names/full-name.js';
import { asWritten } from '../../../contact/names/kept-name.js';
import { placeOf } from '../../../wording/rows/lines.js';
import type { Known, KnownOptions } from '../before.js';
import type { UnclearName } from '../../plan/unclear-names.js';
import { isUnclear } from './whom.js';

/** Undefined where it is clear. @param known of a contact that is to be sent */
export async function unclearNameOf(
  { planned, comparison }: Pick<Known, 'planned' | 'comparison'>,
  { checkpoint, live, others }: Pick<KnownOptions, 'checkpoint' | 'live' | 'others'>,
): Promise<UnclearName | undefined> {
  const { contact } = planned;
  if (contact.emails === undefined || nameOf(contact) === '') return undefined;
  const isSo =
    live === undefined
      ? (checkpoint !== undefined && isUnclear(contact, checkpoint)) || (await others?.isUnclear(planned)) === true
      : comparison !== undefined && isUnclearAcross(asWritten(nameOf(comparison.stored)), whoOf(contact));
  return isSo ? { ...placeOf(planned.records.at(-1) ?? { line: 0 }), name: nameOf(contact) } : undefined;
}
