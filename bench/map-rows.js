/** A file through our reader, its mapping and its normalisers: every record becomes a contact and is dropped. */
import { readRecords } from '../dist/source/records.js';
import { compileMapping } from '../dist/mapping/compile/compile.js';
import { OpenedFile } from '../dist/run/reading/reading.js';

const file = await OpenedFile.open({ file: process.argv[2] });
const map = compileMapping(file.mapping, { ...file.settings });
let contacts = 0;
for await (const batch of readRecords(file.source, file.dialect)) {
  for (const record of batch) if (map(record).problems.length === 0) contacts += 1;
}
await file.close();
console.log(contacts);
