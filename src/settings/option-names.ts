/** What the options of a call are called: one that there is not would be ignored in silence. Pure. */
import { ImporterError } from '../errors.js';
import { didYouMean } from '../edit-distance.js';

/** The error for a name that is none of these. @param meant what it stands for elsewhere, if that is known */
export function unknownOption(name: string, names: readonly string[], meant?: string, where?: string): ImporterError {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name);
  return new ImporterError('usage', `There is no option ${shown}.`, {
    next:
      meant === undefined
        ? didYouMean(name, names, where ?? `The options are ${names.join(', ')}.`)
        : `Did you mean ${meant}?`,
  });
}
