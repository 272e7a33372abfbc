/** A mapping without emails and phones can't be used: contacts couldn't be told apart. Pure. */

import { ImporterError } from '../errors.js';
import { displayHeader } from './header.js';
import type { ColumnMapping, InferredMapping } from './mapping.js';

/** @throws ImporterError `bad_mapping` where no column is an email or a phone, naming those that may be one */
export function requireContactPoint(mapping: InferredMapping): void {
  const isPoint = ({ target }: ColumnMapping): boolean =>
    target.kind === 'field' && (target.field === 'emails' || target.field === 'phone_numbers');
  if (mapping.columns.some(isPoint)) return;
  const maybe = mapping.columns.filter(
    ({ target, suggestions }) =>
      target.kind === 'undecided' && suggestions.some((field) => field === 'emails' || field === 'phone_numbers'),
  );
  const [first] = maybe;
  if (first === undefined) {
    throw new ImporterError(
      'bad_mapping',
      'No column holds emails or phones, so no contact could be told from another.',
      {
        next: 'Name the column with `clarky-contacts map FILE`, or rename its header to "Email" or "Phone".',
      },
    );
  }
  const names = maybe.map(({ header }) => `"${displayHeader(header)}"`).join(' and ');
  throw new ImporterError(
    'bad_mapping',
    `No column is certainly an email or a phone. ${names} may hold ${first.suggestions[0] === 'emails' ? 'emails' : 'phones'}, but is not called so.`,
    { next: 'Decide with `clarky-contacts map FILE`, or rename the header to "Email" or "Phone".' },
  );
}
