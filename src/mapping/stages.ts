/** Pipeline stages by their names. Pure. */

/** Stage names, as Clarky spells them, to their ids. */
export type StageIds = ReadonlyMap<string, string>;

/** The id of the stage called `name`, whatever its case and blanks; undefined where there is none, or several. */
export function findStageId(stageIds: StageIds, name: string): string | undefined {
  const exact = stageIds.get(name);
  if (exact !== undefined) return exact;
  const wanted = comparable(name);
  const ids = [...stageIds].filter(([known]) => comparable(known) === wanted).map(([, id]) => id);
  return ids.length === 1 ? ids[0] : undefined;
}

function comparable(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const MOST_SHOWN = 12;

/** A sentence with the names of the stages there are. */
export function stageNames(stageIds: StageIds): string {
  const names = [...stageIds.keys()];
  if (names.length === 0) return 'The pipeline has no stages.';
  return `Stages: ${names.slice(0, MOST_SHOWN).join(', ')}${names.length > MOST_SHOWN ? '…' : '.'}`;
}
