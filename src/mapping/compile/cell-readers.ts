/** One reader for each mapped column: from a cell to a part of the contact. Made once for a file, run for every record. */

import { readBoolean } from '../../contact/bool.js';
import { decodeEntities } from '../../contact/cell/html.js';
import type { CustomValue, TextField } from '../../contact/contact.js';
import { readDate } from '../../contact/dates.js';
import { readEmails } from '../../contact/email.js';
import { amountOfNumber, readMoney } from '../../contact/money.js';
import type { PhoneReader } from '../../contact/phone/phone.js';
import { readWithParts } from '../../contact/phone/phone-parts.js';
import type { Problem } from '../../problem.js';
import { asTags, readTags, type TagOptions } from '../../contact/tags.js';
import { cleanText, quoted, unwrapExcelText } from '../../contact/text.js';
import { labelledAddress } from '../../contact/cell/labelled-parts.js';
import { severalValues, withoutModule, withoutPages } from '../../contact/cell/relations.js';
import { labelsNoEmail, labelsNoPhone, labelsPreferred } from '../labels.js';
import { isTexts } from '../../given.js';
import type { DraftRow } from './mapped-row.js';
import type { Companions } from './phone-companions.js';
import type { CustomType, DateOrder, Decimal } from '../mapping.js';
import { findStageId, stageNames, type StageIds } from '../stages.js';

/** Reads a cell that is not empty into the row; `label` is the cell of the column's label, '' without one. */
export type CellReader = (cell: string, row: DraftRow, label: string, cells: readonly string[]) => void;

/** What is done with a value that can't be read: the row is rejected, or the value left out. */
export type Refuse = (row: DraftRow, column: string, problem: Problem) => void;

/** A text without what spreadsheets, web pages and relations wrap around it. */
export function readText(cell: string): string {
  return withoutModule(decodeEntities(unwrapExcelText(cleanText(cell))));
}

/** The apostrophe by which a spreadsheet holds a text for a text: `'Ada`. `'t Hooft` and `O'Neil` keep theirs. */
export function readName(cell: string): string {
  const text = readText(cell);
  return text.startsWith("'") ? text.replace(/^'(?=\p{Lu}[^'’]*$)/u, '') : text;
}

export function textReader(
  field: TextField,
  column: string,
  options: {
    isGoogle: boolean;
    isName?: boolean;
    joinWith?: string;
    isBlank: (text: string) => boolean;
    /** What is to be said of a text, though it is sent as it is. */
    remarkOn?: (text: string) => Problem | undefined;
  },
): CellReader {
  return (cell, row) => {
    let text = options.isName === true ? readName(cell) : readText(cell);
    if (options.isBlank(text)) return;
    const values = severalValues(text, options.isGoogle);
    if (values !== undefined) {
      text = values[0] ?? '';
      const message = `the cell holds several values; the first one was taken for ${field}`;
      if (values.length > 1) row.note({ code: 'first_of_several', column, message });
    }
    if (text === '') return;
    const parts = field === 'address_line1' ? labelledAddress(text) : undefined;
    for (const [part, value] of parts ?? []) row.addText(part, value, column);
    if (parts !== undefined) return;
    row.addText(field, text, column, options.joinWith);
    const remark = options.remarkOn?.(text);
    if (remark !== undefined) row.note({ ...remark, column });
  };
}

function placeholder(address: string): Problem {
  return { code: 'placeholder_email', message: `${quoted(address)} is nobody's address: left out` };
}

function sharedPlaceholder(address: string): Problem {
  return {
    code: 'placeholder_email_shared',
    message: `${quoted(address)} stands in rows of different people: it is nobody's address`,
    hint: 'Write the real address, or empty the cell',
  };
}

/** `sharedPlaceholders`: addresses of nobody that stand in rows of different people, where the whole file has been seen. */
export function emailReader(column: string, refuse: Refuse, sharedPlaceholders?: ReadonlySet<string>): CellReader {
  return (cell, row, label) => {
    if (labelsNoEmail(label)) {
      row.note({ code: 'directory_path', column, message: 'a path in an Exchange directory, not an address' });
      return;
    }
    const { emails, problems, placeholders } = readEmails(cell);
    for (const problem of problems) refuse(row, column, problem);
    for (const address of placeholders ?? []) {
      if (sharedPlaceholders?.has(address) === true) refuse(row, column, sharedPlaceholder(address));
      else row.addPlaceholder(address, { ...placeholder(address), column });
    }
    row.addValues('emails', emails, labelsPreferred(label));
  };
}

/** `regionOf` gives the ISO country of the row for numbers without +. */
export function phoneReader(
  column: string,
  read: PhoneReader,
  regionOf: () => string | undefined,
  refuse: Refuse,
  companions?: Companions,
): CellReader {
  const cellOf = (cells: readonly string[], indexes: readonly number[] = []): string =>
    indexes.map((index) => cells[index] ?? '').join('');
  return (cell, row, label, cells) => {
    if (labelsNoPhone(label)) {
      const message = `labelled ${quoted(label)}: not a phone, left out`;
      row.note({ code: 'phone_fax_left_out', column, message });
      return;
    }
    const { phones, problems, notes } =
      companions === undefined
        ? read(cell, regionOf())
        : readWithParts(
            read,
            cell,
            {
              callingCode: cellOf(cells, companions.calling_code),
              areaCode: cellOf(cells, companions.area_code),
              country: cellOf(cells, companions.phone_country),
            },
            regionOf(),
          );
    for (const problem of problems) refuse(row, column, problem);
    if (problems.length > 0) row.addUnreadPhone(cellOf(cells, companions?.area_code) + cell);
    for (const note of notes) row.note({ ...note, column });
    row.addValues('phone_numbers', phones, labelsPreferred(label));
  };
}

/** `isWrapped`: the program puts the whole list in quotes once more (Intercom: `"a,b,c"`). */
export function tagReader(
  options: TagOptions & { readonly isWrapped?: boolean; readonly isBlank: (text: string) => boolean },
): CellReader {
  return (cell, row) => {
    if (options.isBlank(cell)) return;
    if (isTexts(row.given)) {
      // Each is a tag, whatever is in it.
      row.addValues('tags', asTags(row.given.filter((tag) => !options.isBlank(tag))));
      return;
    }
    const inner = options.isWrapped === true ? /^\s*"([^"]*)"\s*$/.exec(cell)?.[1] : undefined;
    row.addValues('tags', readTags(withoutPages(inner ?? cell), options));
  };
}

/**
 * Without `decimal`, an amount that can be read in two ways is refused; while `isProvisional` (the column isn't known as
 * a whole yet) it is passed over.
 */
export function moneyReader(
  column: string,
  settings: { readonly decimal: Decimal | undefined; readonly isProvisional: boolean },
  refuse: Refuse,
): CellReader {
  return (cell, row) => {
    const read = readMoney(cell, row.given === Number(cell) ? 'point' : settings.decimal);
    const { value, problem } = read.problem === undefined ? read : { ...read, ...amountOfNumber(row.given) };
    if (problem !== undefined) {
      if (!(settings.isProvisional && problem.code === 'money_ambiguous')) refuse(row, column, problem);
    } else if (value !== undefined && row.contact.deal_value === undefined) row.contact.deal_value = value;
  };
}

const LINKEDIN = /linkedin\.com/i;

/** Takes a LinkedIn address out of the cell; any other link is left out with a note. */
export function linkedInReader(column: string): CellReader {
  return (cell, row) => {
    const text = readText(cell);
    if (text === '') return;
    const link = text.split(/[\s,;]+/).find((part) => LINKEDIN.test(part));
    if (link !== undefined) row.addText('linkedin_url', link, column);
    else row.note({ code: 'no_linkedin_url', column, message: `${quoted(text)} is no LinkedIn address; not sent` });
  };
}

/** Without `stageIds` (no network) the name can't be looked up: nothing is read. */
export function stageReader(column: string, stageIds: StageIds | undefined, refuse: Refuse): CellReader {
  if (stageIds === undefined) return () => undefined;
  return (cell, row) => {
    const name = cleanText(cell);
    if (name === '') return;
    const id = findStageId(stageIds, name);
    if (id !== undefined) row.addText('pipeline_stage_id', id, column);
    else {
      const message = `there is no pipeline stage ${quoted(name)}`;
      refuse(row, column, { code: 'unknown_stage', message, hint: stageNames(stageIds) });
    }
  };
}

export interface CustomSettings {
  readonly key: string;
  /** As the mapping says; undefined: `columnKind` decides. */
  readonly type: CustomType | undefined;
  readonly columnKind: 'date' | 'boolean' | undefined;
  readonly dateOrder: DateOrder | undefined;
  readonly isProvisional: boolean;
  readonly isBlank: (text: string) => boolean;
}

export function customReader(column: string, settings: CustomSettings, refuse: Refuse): CellReader {
  const { key, type } = settings;
  const read = (text: string): { value?: string | boolean | number; problem?: Problem } => {
    switch (type ?? settings.columnKind) {
      case 'date':
        return readDate(text, settings.dateOrder);
      case 'boolean':
        return orProblem(readBoolean(text), 'invalid_boolean', `${quoted(text)} is neither yes nor no.`);
      case 'number':
        return orProblem(readNumber(text), 'invalid_number', `${quoted(text)} is no number.`);
      default:
        return { value: text };
    }
  };
  const isClarkys = column.startsWith('custom_fields.');
  return (cell, row) => {
    const text = readText(cell);
    if (text === '' || settings.isBlank(text)) return;
    if (row.given !== undefined && type === undefined && (isClarkys || row.isOfCode)) {
      row.addCustom(key, row.given as CustomValue, column);
      return;
    }
    const { value, problem } = read(text);
    if (value !== undefined) row.addCustom(key, value, column);
    if (problem === undefined) return;
    // Nobody said that it is a date: what can't be read stays the text that it is.
    if (type === undefined) row.addCustom(key, text, column);
    else if (!(settings.isProvisional && problem.code === 'date_ambiguous')) refuse(row, column, problem);
  };
}

function orProblem<Value>(
  value: Value | undefined,
  code: string,
  message: string,
): { value?: Value; problem?: Problem } {
  return value === undefined ? { problem: { code, message } } : { value };
}

/** A plain number with a decimal point; undefined for anything that could be meant otherwise. */
function readNumber(text: string): number | undefined {
  return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(text) ? Number(text) : undefined;
}
