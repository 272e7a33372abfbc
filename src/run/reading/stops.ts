/** What stops an import before anything is read or sent, and what `plan` therefore ends with as well. */
import { ImporterError } from '../../errors.js';
import { undecidedIdentity } from '../../mapping/contact-point.js';
import { namedHere, type ToldOfList } from '../outputs/named-again.js';
import type { OpenedFile } from './reading.js';

/** Settings that an earlier import was told hold as if they were told now. */
const LET_GO = ' What an earlier import was told still holds: --forget-settings lets go of it.';

/** The reason that an import of a file does not begin. */
export function stopBefore(
  file: Pick<OpenedFile, 'mapping' | 'settings' | 'kept'>,
  options: ToldOfList & { readonly isLive: boolean; readonly restoreDeleted?: boolean | undefined },
): ImporterError | undefined {
  return undecidedIdentity(file.mapping, namedHere(options)) ?? atOdds(file) ?? needsLive(file, options);
}

type ToldAndKept = Pick<OpenedFile, 'settings' | 'kept'>;

/** One of them would do nothing, and the other is no less asked for. */
function atOdds({ settings: { keepExisting, lists }, kept }: ToldAndKept): ImporterError | undefined {
  if (keepExisting !== true || lists !== 'replace') return undefined;
  const isKept = kept.settings.keepExisting === true || kept.settings.lists === 'replace';
  return new ImporterError('usage', '--lists replace replaces what is in Clarky, and --keep-existing keeps it.', {
    next: `Leave one of them out.${isKept ? LET_GO : ''}`,
  });
}

/** What Clarky has can only be spared, joined, or found missing, by a run that reads it. */
function needsLive(
  { settings: { keepExisting, lists }, kept }: ToldAndKept,
  { isLive, restoreDeleted }: { readonly isLive: boolean; readonly restoreDeleted?: boolean | undefined },
): ImporterError | undefined {
  if (isLive) return undefined;
  const [first] = [
    ...(keepExisting === true ? [{ flag: '--keep-existing', isKept: kept.settings.keepExisting === true }] : []),
    ...(restoreDeleted === true ? [{ flag: '--restore-deleted', isKept: false }] : []),
    ...(lists === 'join' ? [{ flag: '--lists join', isKept: kept.settings.lists === 'join' }] : []),
  ];
  if (first === undefined) return undefined;
  return new ImporterError('usage', `${first.flag} needs to know what is in Clarky.`, {
    next: `Add --live, which reads it first.${first.isKept ? LET_GO : ''}`,
  });
}
