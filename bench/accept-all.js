/** Writes the checkpoint that an import of FILE to API and BOT leaves behind, without sending a million contacts first. */
import { Checkpoint } from '../dist/checkpoint/checkpoint.js';
import { digestText } from '../dist/contact/identity.js';
import { OpenedFile } from '../dist/run/reading.js';
import { defaultPaths } from '../dist/run/settings.js';

const [path, api, bot] = process.argv.slice(2);
const file = await OpenedFile.open({ file: path });
const reading = await file.read(undefined);
const checkpoint = await Checkpoint.open(defaultPaths(path).checkpoint, { api, bot });
for await (const batch of reading.planned(reading.decide())) {
  await checkpoint.append(
    ...batch.flatMap((planned) =>
      planned.kind === 'contact'
        ? [{ kind: 'accepted', identity: digestText(planned.identity), payload: digestText(planned.payload), id: '' }]
        : [],
    ),
  );
}
await checkpoint.close();
await file.dispose();
