/** The yardstick: a file through csv-parse and nothing else, its records counted. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
createReadStream(process.argv[2])
  .pipe(parse({ columns: true }))
  .on('data', () => {
    rows += 1;
  })
  .on('end', () => console.log(rows));
