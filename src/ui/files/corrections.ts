/** The corrections of a file as they stand in it now, and other ones in their place. */
import { asTheFileHolds } from '../../run/reading/corrections/as-it-holds.js';
import {
  isOfSheet,
  readCorrections,
  writeCorrections,
  type Correction,
} from '../../run/reading/corrections/corrections.js';
import { placeOf, type StaleCorrection } from '../../run/reading/corrections/placement.js';
import { OpenedFile } from '../../run/reading/reading.js';
import { removeFile } from '../../storage/replacement.js';
import { LONGEST_CELL } from '../jobs/row-store.js';
import type { CorrectionsView, TakenBack } from '../wire.js';
import type { Desk } from './desk.js';

interface Change {
  readonly made: readonly Correction[];
  readonly takenBack: readonly TakenBack[];
}

export async function correctionsView(desk: Desk, path: string): Promise<CorrectionsView> {
  if ((await readCorrections(desk.pathsOf(path).corrections)).length === 0) return { corrections: [], stale: [] };
  return withFile(desk, path, ({ placement }) => viewOf(placement.placed, placement.stale));
}

/** One of a cell that was corrected before takes its place, and one that changes nothing takes it back. */
export async function changeCorrections(
  desk: Desk,
  path: string,
  { made, takenBack }: Change,
): Promise<CorrectionsView> {
  return withFile(desk, path, async (file) => {
    const byPlace = new Map(file.placement.placed.map((one) => [placeOf(one), one]));
    for (const one of await asTheFileHolds(file, made, LONGEST_CELL)) {
      const before = byPlace.get(placeOf(one));
      // What a cell held before its first correction is what the file holds.
      const next = before === undefined ? one : { ...before, value: one.value };
      if (one.column !== null && one.value === next.was) byPlace.delete(placeOf(one));
      else byPlace.set(placeOf(one), next);
    }
    for (const one of takenBack) if (!one.isStale) byPlace.delete(placeOf(one));
    // Who corrects a cell anew has seen what it holds now.
    const anew = new Set(made.map(placeOf));
    const gone = new Set(takenBack.filter(({ isStale }) => isStale).map(placeOf));
    const stale = file.placement.stale.filter(({ correction, why }) => {
      const place = placeOf(correction);
      return !gone.has(place) && !(why === 'changed' && anew.has(place));
    });
    const placed = [...byPlace.values()];
    await write(desk, path, [...stale.map(({ correction }) => correction), ...placed], file.dialect.sheet);
    return viewOf(placed, stale);
  });
}

/** Those of the sheet that is read go, of a workbook. */
export async function dropCorrections(desk: Desk, path: string): Promise<CorrectionsView> {
  return withFile(desk, path, async ({ dialect }) => {
    await write(desk, path, [], dialect.sheet);
    return viewOf([], []);
  });
}

async function withFile<T>(desk: Desk, path: string, use: (file: OpenedFile) => T | Promise<T>): Promise<T> {
  const file = await OpenedFile.open(desk.reading(path));
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Those of this sheet in the place of the ones that it had; other sheets keep theirs. */
async function write(
  desk: Desk,
  path: string,
  corrections: readonly Correction[],
  sheet: string | undefined,
): Promise<void> {
  const target = desk.pathsOf(path).corrections;
  const others = (await readCorrections(target)).filter((one) => !isOfSheet(one, sheet));
  const own = corrections.map((one) => (sheet === undefined ? one : { ...one, sheet }));
  if (others.length + own.length > 0) await writeCorrections(target, [...others, ...own]);
  else await removeFile(target);
}

function viewOf(placed: readonly Correction[], stale: readonly StaleCorrection[]): CorrectionsView {
  const shown = ({ line, column, was, value }: Correction) => ({ line, column, was, value });
  return {
    corrections: placed.map(shown),
    stale: stale.map(({ correction, why }) => ({ ...shown(correction), why })),
  };
}
