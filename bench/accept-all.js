/** Writes the checkpoint that an import of FILE to API and BOT leaves behind, without sending a million contacts first. */
import { Checkpoint } from '../dist/checkpoint/checkpoint.js';
import { OpenedFile } from '../dist/run/reading/reading.js';
import { defaultPaths } from '../dist/run/settings.js';

const [path, api, bot] = process.argv.slice(2);
const file = await OpenedFile.open({ file: path });
const reading = await file.read(undefined);
const checkpoint = await Checkpoint.open(defaultPaths(path).checkpoint, { api, bot });
let sent = 0;
for await (const batch of reading.planned(reading.decide())) {
  const contacts = batch.filter((planned) => planned.kind === 'contact');
  await checkpoint.accepted(...contacts.map((contact, at) => ({ contact, id: `con_${sent + at}` })));
  sent += contacts.length;
}
await checkpoint.close();
await file.close();
