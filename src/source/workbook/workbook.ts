/** Excel workbooks (.xlsx, ECMA-376) as rows, read as a stream; loaded only when one is read. */
import { ImporterError } from '../../errors.js';
import { listMembers } from '../opening/archive.js';
import type { Source } from '../opening/source.js';
import type { RowFile, Sheet } from '../row-file.js';
import { RowCollector } from './row-collector.js';
import { sheetRecords, type WorkbookParts } from './sheet.js';
import { readRelations, readSharedStrings, readStyles, type Relation } from './workbook-parts.js';
import { outOfBounds, parseXml } from './xml.js';
import { readXml } from './xml-text.js';

const MAX_SHEETS = 1000;

type SheetPart = Sheet & { readonly member: string };

interface Workbook {
  readonly sheets: readonly SheetPart[];
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
  const relations = await readRelations(source, main);
  const sheets: SheetPart[] = [];
  let since1904 = false;
  await parseXml(readXml(source, main), source.displayName, {
    open(tag, attributes) {
      if (tag === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const relation = relations.get(attributes.id ?? '');
      if (tag !== 'sheet' || relation?.type !== 'worksheet' || attributes.name === undefined) return;
      const isHidden = (attributes.state ?? 'visible') !== 'visible';
      if (sheets.push({ name: attributes.name, member: relation.member, isHidden }) > MAX_SHEETS) {
        throw outOfBounds(source.displayName, `more than ${MAX_SHEETS} sheets`);
      }
    },
  });
  return { sheets, relations: [...relations.values()].filter(({ member }) => members.includes(member)), since1904 };
}

async function readParts(source: Source, { relations, since1904 }: Workbook): Promise<WorkbookParts> {
  const part = (type: string): string | undefined => relations.find((relation) => relation.type === type)?.member;
  const strings = part('sharedStrings');
  const styles = part('styles');
  return {
    sharedStrings: strings === undefined ? [] : await readSharedStrings(source, strings),
    styles: styles === undefined ? [] : await readStyles(source, styles),
    since1904,
  };
}

/**
 * Opens a workbook: its sheets are known, and what their cells refer to is in memory.
 * @throws ImporterError `file_unreadable`
 */
export async function openWorkbook(source: Source): Promise<RowFile> {
  const workbook = await readWorkbook(source);
  const parts = await readParts(source, workbook);
  const collectors = new Map<number, RowCollector>();
  return {
    label: 'Excel workbook',
    sheets: workbook.sheets,
    async *rows(index, width) {
      const sheet = workbook.sheets[index];
      if (sheet === undefined) return;
      const collector = new RowCollector(source, width);
      collectors.set(index, collector);
      yield* sheetRecords(readXml(source, sheet.member), source.displayName, parts, collector);
    },
    hiddenColumns: (index) => collectors.get(index)?.hiddenColumns ?? [],
  };
}
