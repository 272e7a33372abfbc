/** The file that everything is measured on: 12 columns as exports have them, ordinary values, one quoted note a row. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const HEADER =
  'First Name,Last Name,Email,Phone,Company,Job Title,City,Country,Tags,Notes,Lead Source,Deal Value'.split(',');
const FIRST_NAMES = 'Ada,Grace,Alan,Linus,Zoë,José,Anna,Björn,Mia,Paul'.split(',');
const LAST_NAMES = 'Lovelace,Hopper,Turing,Müller,García,Smith,Jones,Brown,Weber,Rossi'.split(',');
const PLACES = ['London,United Kingdom', 'Leeds,United Kingdom', 'Berlin,Germany', 'Paris,France'];
const ROWS_A_WRITE = 1000;

/** @param {number} row */
function lineOf(row) {
  const subscriber = String(400_000_000 + row);
  const note = `"Met at the fair, booth ${row % 90}; wants ""a call"""`;
  return [
    FIRST_NAMES[row % FIRST_NAMES.length],
    LAST_NAMES[Math.floor(row / 10) % LAST_NAMES.length],
    `person${row}@example${row % 997}.com`,
    `+44 7${subscriber.slice(0, 3)} ${subscriber.slice(3)}`,
    `Company ${row % 5000} Ltd`,
    'Engineer',
    PLACES[row % PLACES.length],
    'customer;newsletter',
    note,
    'Website',
    row % 3 === 0 ? row % 9000 : `${row % 9000}.50`,
  ].join(',');
}

/** Writes `rows` contacts, each another person, to a CSV file: the `first`th person and those after. */
export async function writeContacts(path, rows, first = 0) {
  const out = createWriteStream(path);
  out.write(`${HEADER.join(',')}\r\n`);
  for (let from = 0; from < rows; from += ROWS_A_WRITE) {
    const count = Math.min(ROWS_A_WRITE, rows - from);
    const lines = Array.from({ length: count }, (_, at) => `${lineOf(first + from + at)}\r\n`);
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
