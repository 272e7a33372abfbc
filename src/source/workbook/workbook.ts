/** Excel workbooks (.xlsx, ECMA-376) as records, read as a stream; loaded only when one is read. */
import { ImporterError } from '../../errors.js';
import { listMembers, readMember } from '../archive.js';
import { sheetRecords, type WorkbookParts } from './sheet.js';
import type { RawRecord } from '../text/rows.js';
import type { Source } from '../source.js';
import { numberStyle, unescapeText, type NumberStyle } from './workbook-values.js';
import { parseXml } from './xml.js';

interface Sheet {
  readonly name: string;
  readonly member: string;
  readonly hidden: boolean;
}

/** Characters of shared strings that are held at most: far beyond a list of contacts. */
const MAX_SHARED_CHARACTERS = 256 * 1024 * 1024;

interface Relation {
  readonly type: string;
  readonly member: string;
}

async function relationsOf(source: Source, workbookMember: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const folder = workbookMember.slice(0, workbookMember.lastIndexOf('/') + 1);
  const member = `${folder}_rels/${workbookMember.slice(folder.length)}.rels`;
  await parseXml(readMember(source, member), source.displayName, {
    open(name, attributes) {
      const { Id, Type, Target } = attributes;
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const path = Target.startsWith('/') ? Target.slice(1) : folder + Target;
      relations.set(Id, { type: Type?.slice(Type.lastIndexOf('/') + 1) ?? '', member: path });
    },
  });
  return relations;
}

async function readSharedStrings(source: Source, member: string): Promise<string[]> {
  const strings: string[] = [];
  let held = 0;
  let text = '';
  let phonetic = false;
  await parseXml(readMember(source, member), source.displayName, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
    },
    text(piece, inside) {
      if (inside === 't' && !phonetic) text += piece;
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      held += text.length;
      if (held > MAX_SHARED_CHARACTERS) {
        throw new ImporterError('file_unreadable', `${source.displayName} holds too much text for one workbook.`, {
          next: 'Save the sheet as CSV and import that.',
        });
      }
      strings.push(unescapeText(text));
    },
  });
  return strings;
}

async function readStyles(source: Source, member: string): Promise<NumberStyle[]> {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCellFormats = false;
  await parseXml(readMember(source, member), source.displayName, {
    open(name, { numFmtId = '0', formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) styles.push(numberStyle(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly relations: readonly Relation[];
  readonly since1904: boolean;
}

async function readWorkbook(source: Source): Promise<Workbook> {
  const members = await listMembers(source);
  const main = members.find((member) => /^xl\/workbook\d*\.xml$/.test(member));
  if (main === undefined) {
    throw new ImporterError('file_unreadable', `${source.displayName} is a kind of workbook that can't be read.`, {
      next: 'Save it as .xlsx or as "CSV UTF-8".',
    });
  }
  const relations = await relationsOf(source, main);
  const sheets: Sheet[] = [];
  let since1904 = false;
  await parseXml(readMember(source, main), source.displayName, {
    open(tag, attributes) {
      if (tag === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const relation = relations.get(attributes.id ?? '');
      if (tag !== 'sheet' || relation?.type !== 'worksheet' || attributes.name === undefined) return;
      const hidden = (attributes.state ?? 'visible') !== 'visible';
      sheets.push({ name: attributes.name, member: relation.member, hidden });
    },
  });
  return { sheets, relations: [...relations.values()].filter(({ member }) => members.includes(member)), since1904 };
}

function chooseSheet(source: Source, { sheets }: Workbook, wanted: string | undefined): Sheet {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const chosen =
    wanted === undefined
      ? (visible[0] ?? sheets[0])
      : (sheets.find(({ name }) => name === wanted) ??
        sheets.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase()));
  if (chosen !== undefined) return chosen;
  if (wanted === undefined) {
    throw new ImporterError('file_unreadable', `${source.displayName} holds no sheet with cells.`);
  }
  const names = sheets.map(({ name }) => `"${name}"`).join(', ');
  throw new ImporterError('usage', `${source.displayName} has no sheet "${wanted}".`, { next: `It has: ${names}.` });
}

async function openSheet(source: Source, wanted: string | undefined) {
  const workbook = await readWorkbook(source);
  const sheet = chooseSheet(source, workbook, wanted);
  const part = (type: string): string | undefined => workbook.relations.find((part) => part.type === type)?.member;
  const strings = part('sharedStrings');
  const styles = part('styles');
  const parts: WorkbookParts = {
    sharedStrings: strings === undefined ? [] : await readSharedStrings(source, strings),
    styles: styles === undefined ? [] : await readStyles(source, styles),
    since1904: workbook.since1904,
  };
  return { sheet, sheetNames: workbook.sheets.map(({ name }) => name), parts };
}

const padded = (record: RawRecord, width: number): RawRecord =>
  record.cells.length >= width
    ? record
    : { ...record, cells: [...record.cells, ...Array<string>(width - record.cells.length).fill('')] };

/**
 * The first rows of a sheet, all of one width, for finding the header.
 * @param wanted the sheet's name; the first visible one by default
 * @throws ImporterError `usage` listing the sheets where there is none of that name; `file_unreadable`
 */
export async function firstRows(
  source: Source,
  wanted: string | undefined,
  maxRows: number,
): Promise<{ readonly sheet: string; readonly sheetNames: readonly string[]; readonly rows: readonly RawRecord[] }> {
  const { sheet, sheetNames, parts } = await openSheet(source, wanted);
  const rows: RawRecord[] = [];
  for await (const batch of sheetRecords(readMember(source, sheet.member), source.displayName, parts)) {
    for (const record of batch) rows.push(record);
    if (rows.length >= maxRows) break;
  }
  const sample = rows.slice(0, maxRows);
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  return { sheet: sheet.name, sheetNames, rows: sample.map((record) => padded(record, width)) };
}

/**
 * All rows of a sheet in batches. A sheet stores no blank cells behind the last filled one: they are added up to `width`.
 * @throws ImporterError `file_unreadable`
 */
export async function* sheetRows(
  source: Source,
  wanted: string | undefined,
  width: number,
): AsyncGenerator<readonly RawRecord[]> {
  const { sheet, parts } = await openSheet(source, wanted);
  for await (const batch of sheetRecords(readMember(source, sheet.member), source.displayName, parts)) {
    yield batch.map((record) => padded(record, width));
  }
}
