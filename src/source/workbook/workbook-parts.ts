/** The parts of an .xlsx that its sheets refer to: relations, shared strings, number formats. Each is bounded. */
import type { Source } from '../opening/source.js';
import { MAX_CELL_BYTES } from '../text/rows.js';
import { numberStyle, unescapeText, type NumberStyle } from './workbook-values.js';
import { MAX_TEXT_ELEMENTS, outOfBounds, parseXml } from './xml.js';
import { readXml } from './xml-text.js';

/** Characters of shared strings that are held at most: far beyond a list of contacts. */
const MAX_SHARED_CHARACTERS = 256 * 1024 * 1024;
/** Four columns of unlike texts in a sheet that is full. */
const MAX_SHARED_STRINGS = 4 * 1024 * 1024;
/** Excel allows 65,490 styles. */
const MAX_STYLES = 65_536;
const MAX_RELATIONS = 10_000;

export interface Relation {
  readonly type: string;
  readonly member: string;
}

/** Which members a workbook's ids stand for. */
export async function readRelations(source: Source, workbookMember: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const folder = workbookMember.slice(0, workbookMember.lastIndexOf('/') + 1);
  const member = `${folder}_rels/${workbookMember.slice(folder.length)}.rels`;
  await parseXml(readXml(source, member), source.displayName, {
    open(name, attributes) {
      const { Id, Type, Target } = attributes;
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const path = Target.startsWith('/') ? Target.slice(1) : folder + Target;
      relations.set(Id, { type: Type?.slice(Type.lastIndexOf('/') + 1) ?? '', member: path });
      if (relations.size > MAX_RELATIONS) throw outOfBounds(source.displayName, `more than ${MAX_RELATIONS} parts`);
    },
  });
  return relations;
}

export async function readSharedStrings(source: Source, member: string): Promise<string[]> {
  const strings: string[] = [];
  let held = 0;
  let text = '';
  let phonetic = false;
  let elements = 0;
  await parseXml(readXml(source, member), source.displayName, {
    open(name) {
      elements += 1;
      if (elements > MAX_TEXT_ELEMENTS) throw outOfBounds(source.displayName, 'a text without end');
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
    },
    text(piece, inside) {
      if (inside !== 't' || phonetic) return;
      text += piece;
      if (text.length > MAX_CELL_BYTES) {
        throw outOfBounds(source.displayName, `a text of more than ${MAX_CELL_BYTES / 1024} KiB`);
      }
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      elements = 0;
      held += text.length;
      if (held > MAX_SHARED_CHARACTERS) throw outOfBounds(source.displayName, 'too much text for one workbook');
      if (strings.push(unescapeText(text)) > MAX_SHARED_STRINGS) {
        throw outOfBounds(source.displayName, `more than ${MAX_SHARED_STRINGS} texts`);
      }
    },
  });
  return strings;
}

export async function readStyles(source: Source, member: string): Promise<NumberStyle[]> {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCellFormats = false;
  await parseXml(readXml(source, member), source.displayName, {
    open(name, { numFmtId = '0', formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) styles.push(numberStyle(Number(numFmtId), codes.get(Number(numFmtId))));
      if (styles.length > MAX_STYLES || codes.size > MAX_STYLES) {
        throw outOfBounds(source.displayName, `more than ${MAX_STYLES} styles`);
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}
