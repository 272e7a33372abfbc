/** Small files of every form that is no delimited text, to be changed at random. */
import { utils, write, type BookType } from '@e965/xlsx';
import { fromBufferPromise } from 'yauzl';
import { zipOf } from './zip.js';

const PEOPLE = [
  ['Name', 'Email', 'Phone', 'Since'],
  ['Ada Moss', 'ada@example.com', 447911123456, new Date(Date.UTC(2024, 1, 3))],
  ['Zoë Ash', 'zoe@example.com', '+44 20 7946 0123', true],
];

function book(bookType: BookType): Buffer {
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(PEOPLE), 'People');
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Item'], ['Pen']]), 'Other');
  return write(workbook, { bookType, type: 'buffer' }) as Buffer;
}

async function membersOf(zip: Buffer): Promise<Record<string, Buffer>> {
  const members: Record<string, Buffer> = {};
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  for await (const entry of opened.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await opened.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    members[entry.fileName] = Buffer.concat(pieces);
  }
  return members;
}

const CARDS =
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Ada\r\nitem1.TEL;CELL:+44 20 7946 0123\r\n' +
  'item1.X-ABLabel:Mobile\r\nEMAIL:ada@exam\r\n ple.com\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\nADR;TYPE=WORK:;;1 St;Rome;;1;IT\r\nEND:VCARD\r\n';
const OBJECTS = {
  data: { people: [{ name: 'Ada "x" \\', emails: ['a@example.com'], a: { b: [{ c: 1 }] } }, { name: null }] },
};
const HTML =
  '<html><meta charset=utf-8><table><tr><th>Name<th>Email</tr><tr><td rowspan=2 colspan="1">A&eacute;<td>a@example.com</tr><tr><td><br>x<!-- --></table>';

/** A workbook of a few kilobytes that says of a list in it that it has two thousand million entries. */
export async function boastfulWorkbook(): Promise<Buffer> {
  const members = await membersOf(book('xlsb'));
  const metadata = Buffer.from(members['xl/metadata.bin'] ?? '');
  // The record BrtMdb: its number, its length, and how many pairs follow.
  const at = metadata.indexOf(Buffer.from([51, 12, 1, 0, 0, 0]));
  metadata.writeUInt32LE(2 ** 31 - 1, at + 2);
  return zipOf({ ...members, 'xl/metadata.bin': metadata });
}

/** A file of a form: as a whole, or by the members of a zip, one of which is changed before it is packed. */
export type Form = Buffer | Readonly<Record<string, Buffer>>;

export interface FormSamples {
  /** Read by SheetJS, in a thread. */
  readonly apart: readonly Form[];
  readonly others: readonly Form[];
}

export async function formSamples(): Promise<FormSamples> {
  const [xlsx, ods, xlsb] = await Promise.all((['xlsx', 'ods', 'xlsb'] as const).map((type) => membersOf(book(type))));
  const texts = [CARDS.repeat(3), JSON.stringify(OBJECTS), '{"a":"1","b":2}\n{"a":"x@example.com"}\n', HTML];
  return {
    apart: [xlsb ?? {}, book('biff8'), book('biff5')],
    others: [xlsx ?? {}, ods ?? {}, book('xlml'), book('fods'), ...texts.map((text) => Buffer.from(text))],
  };
}
