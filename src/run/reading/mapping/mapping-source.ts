/** Where a file's mapping comes from: the file named, the one beside it, or the columns themselves. */
import { readFile, stat } from 'node:fs/promises';
import { listed } from '../../../source/several/file-set.js';
import type { Dialect } from '../../../source/dialect.js';
import type { Members } from '../../../source/opening/source.js';
import { ImporterError } from '../../../errors.js';
import {
  applyColumns,
  applyMappingFile,
  isOfOtherSheet,
  nearColumn,
  type MissingColumn,
} from '../../../mapping/file/apply-file.js';
import { tellsPeople } from '../../../mapping/contact-point.js';
import { displayHeader } from '../../../mapping/header.js';
import { inferMapping } from '../../../mapping/infer/infer.js';
import { isOwnColumn } from '../../../mapping/infer/words/header-sense.js';
import { isPoint, type FileColumn, type MappingFile } from '../../../mapping/file/mapping-file.js';
import { parseMappingFile } from '../../../mapping/file/parse-mapping-file.js';
import type { InferredMapping } from '../../../mapping/mapping.js';
import { editedText } from '../../../storage/edited-text.js';
import { hasErrno, reasonOf } from '../../../storage/failures.js';
import type { Settings } from '../../../settings/settings.js';
import { defaultPaths, type ReadingOptions } from '../../settings.js';
import { mappingCandidates } from '../origins.js';
import { namedHere } from '../../outputs/named-again.js';

export interface LoadedMapping {
  readonly mapping: InferredMapping;
  /** What the mapping file says beside the columns. */
  readonly settings: Settings;
  /** The mapping file, where one was used. */
  readonly path: string | undefined;
  readonly notes: readonly string[];
}

/**
 * @param known.before the mapping file that an earlier import went by, where nothing else is decided
 * @param known.ofFiles of several files that are one list, what the columns of each are called in it
 * @throws ImporterError `bad_mapping` where a mapping file is missing, not valid, or not for this table
 */
export async function loadMapping(
  options: ReadingOptions,
  dialect: Dialect,
  { before, ofFiles }: { readonly before: string | undefined; readonly ofFiles: Members['headers'] | undefined },
): Promise<LoadedMapping> {
  const table = { header: dialect.header, samples: dialect.sampleRecords };
  if (options.columns !== undefined) return mappedInCode(options.columns, table);
  const found = await readMapping({ ...options, mapping: options.mapping ?? before });
  if (found !== undefined) {
    const { path, file } = found;
    if (isOwnPath(options) && isOfOtherSheet(file, dialect)) {
      const note =
        `The columns of the sheet "${dialect.sheet ?? ''}" are read afresh: the mapping file ${path} was decided ` +
        `for the sheet "${file.sheet ?? ''}".`;
      return { mapping: inferMapping(table), settings: file.settings, path: undefined, notes: [note] };
    }
    // One that holds settings alone says nothing of the columns.
    const isOfColumns = file.columns.length > 0;
    const { mapping, missing, added } = isOfColumns
      ? applyMappingFile(file, { ...table, sheet: dialect.sheet, ofFiles })
      : { mapping: inferMapping(table), missing: [], added: [] };
    return {
      mapping,
      path,
      settings: file.settings,
      notes: [
        // One that was decided for a sheet may name the columns of several.
        ...(file.sheet !== undefined && dialect.otherSheets.length > 0 ? [] : missing).map(
          (one) =>
            `The mapping file ${path} names a column "${one.header}" that the file does not have.${nearColumn(one)}`,
        ),
        ...added
          .filter((header) => !isOwnColumn(header))
          .map((header) => `The column "${header}" is new: the mapping file ${path} does not name it.`),
      ],
    };
  }
  if (options.mapping === undefined && before !== undefined) {
    throw new ImporterError('bad_mapping', `The mapping file ${before} of the import before isn't there any more.`, {
      next: 'Put it back, or name another one with --mapping; --forget-settings does without it.',
    });
  }
  if (options.mapping !== undefined) {
    throw new ImporterError('bad_mapping', `The mapping file ${options.mapping} doesn't exist.`, {
      next: NO_MAPPING.test(options.mapping)
        ? withoutMapping(options)
        : `Write one with: clarky-contacts map ${namedHere(options)}`,
    });
  }
  return { mapping: inferMapping(table), settings: {}, path: undefined, notes: [] };
}

function mappedInCode(columns: readonly FileColumn[], table: Parameters<typeof inferMapping>[0]): LoadedMapping {
  const { mapping, missing } = applyColumns(columns, table);
  const says = (one: MissingColumn): string => `\`mapping\` names a column "${one.header}" that there is not.`;
  const points = missing.filter(isPoint);
  const [first] = points;
  // What the columns look like may do without it: where it does not, the slip is what is wrong.
  if (first !== undefined && !tellsPeople(mapping)) {
    const names = table.header.map(displayHeader).filter((name) => name !== '');
    const near = points.map(nearColumn).join('').trim();
    throw new ImporterError('bad_mapping', points.map(says).join(' '), {
      next: near === '' ? `The columns are ${listed(names.map((name) => `"${name}"`))}.` : near,
    });
  }
  const notes = missing.map((one) => says(one) + nearColumn(one));
  return { mapping, settings: {}, path: undefined, notes };
}

/** What people write who want no mapping file. */
const NO_MAPPING = /^(?:none|no|off|auto|false|null|-)$/i;

function withoutMapping(options: ReadingOptions): string {
  const own = defaultPaths(options.file, options).mapping;
  return `--mapping takes a path. Left out, the columns are recognised by themselves, unless there is ${own}: to do without that, move it away.`;
}

/** True where no other mapping file was asked for than the one that belongs to the file. */
function isOwnPath({ mapping, ...options }: ReadingOptions): boolean {
  return mapping === undefined || mappingCandidates(options).includes(mapping);
}

/** The mapping file that counts for a file, where there is one. @throws ImporterError `bad_mapping` */
export async function readMapping(
  options: ReadingOptions,
): Promise<{ readonly path: string; readonly file: MappingFile } | undefined> {
  for (const path of mappingCandidates(options)) {
    const text = await readIfThere(path);
    if (text !== undefined) return { path, file: await parseMappingFile(text, path) };
  }
  return undefined;
}

const OUT_OF_THE_WAY = 'Move it away, or put one that can be read in its place.';

/** A line for each of 10,000 columns has room in it; its parser takes 70 times as much memory as the file has bytes. */
const LARGEST_MAPPING_FILE = 1_000_000;

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile())
      throw new ImporterError('bad_mapping', `The mapping file ${path} is no file.`, { next: OUT_OF_THE_WAY });
    if (found.size > LARGEST_MAPPING_FILE) {
      const next = 'Check that it is the right file, or write a new one with `clarky-contacts map FILE`.';
      throw new ImporterError('bad_mapping', `The mapping file ${path} is larger than 1 MB.`, { next });
    }
    return editedText(await readFile(path));
  } catch (error) {
    if (error instanceof ImporterError) throw error;
    if (hasErrno(error, 'ENOENT')) return undefined;
    throw new ImporterError('bad_mapping', `The mapping file ${path} can't be read: ${reasonOf(error)}.`, {
      next: OUT_OF_THE_WAY,
      cause: error,
    });
  }
}
