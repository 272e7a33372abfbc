/**
 * Why Clarky rejected a row in an earlier run, in its words: they may hold anything, so that no checkpoint has them, and the rejects file
 * of that run alone tells.
 */
import { ImporterError } from '../../../errors.js';
import type { Problem } from '../../../problem.js';
import type { SourceRecord } from '../../../source/record.js';
import { reasonIn, withReason } from '../../import/answers/rejected-earlier.js';
import { correctedRejects } from '../../outputs/edited-rejects.js';
import { rejectColumnsOf } from '../../outputs/rejects.js';
import { OpenedFile } from '../../reading/reading.js';
import { digestOfTexts } from './prints.js';
import { placesOfRejects, type SourceOfRejects } from './places.js';

/** Of so many rows it is remembered. */
const MOST_ROWS = 20_000;

export class EarlierReasons {
  readonly #places: readonly string[];
  readonly #cellsOf: (record: SourceRecord) => readonly string[];
  #byRow: Promise<ReadonlyMap<string, string>> | undefined;

  private constructor(places: readonly string[], cellsOf: (record: SourceRecord) => readonly string[]) {
    this.#places = places;
    this.#cellsOf = cellsOf;
  }

  /** Of the rows of a file, from wherever its rejects may be. */
  static of(
    file: Pick<OpenedFile, 'isRejectsFile'> & {
      readonly dialect: { readonly header: readonly string[] };
      readonly kept: { readonly rejects: string | undefined };
    },
    options: SourceOfRejects,
  ): EarlierReasons {
    const { header } = file.dialect;
    const { cellsOf } = rejectColumnsOf(file.isRejectsFile ? header : header.map(() => ''));
    return new EarlierReasons(placesOfRejects(options, file.kept.rejects), cellsOf);
  }

  /** The problems of a row, one that Clarky had with it earlier with its reason, where that is known. */
  async told(record: SourceRecord, problems: readonly Problem[]): Promise<readonly Problem[]> {
    if (problems.every((problem) => withReason(problem, '') === problem)) return problems;
    const reason = (await (this.#byRow ??= this.#read())).get(rowOf(this.#cellsOf(record)));
    return reason === undefined ? problems : problems.map((problem) => withReason(problem, reason));
  }

  async #read(): Promise<Map<string, string>> {
    const byRow = new Map<string, string>();
    for (const place of this.#places) {
      for (const path of await correctedRejects(place)) {
        // What can't be read any more tells nothing.
        await this.#readOne(path, byRow).catch((error: unknown) => {
          if (!(error instanceof ImporterError)) throw error;
        });
      }
    }
    return byRow;
  }

  async #readOne(path: string, byRow: Map<string, string>): Promise<void> {
    const file = await OpenedFile.open({ file: path, noEdits: true });
    try {
      if (!file.isRejectsFile) return;
      const { cellsOf, messageOf } = rejectColumnsOf(file.dialect.header);
      for await (const batch of file.records({})) {
        for (const record of batch) {
          const reason = reasonIn(messageOf(record));
          if (reason !== undefined && byRow.size < MOST_ROWS) byRow.set(rowOf(cellsOf(record)), reason);
        }
      }
    } finally {
      await file.close();
    }
  }
}

function rowOf(cells: readonly string[]): string {
  return digestOfTexts(cells, 22);
}
