import type { Command } from 'commander';
import { answeredInJson } from '../ended.js';
import { follow } from '../follow/follow.js';
import { withKey } from '../keys.js';
import { print, printJson } from '../output.js';
import { untilSignal } from '../process/signals.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerBots(program: Command): void {
  const command = program.command('bots').description('Lists the bot ids that the key can see, from its pipelines.');
  addSettings(command, 'bots').action(async () => {
    const settings = settingsOf(command, 'bots');
    const start = new Date().toISOString();
    const { listBots } = await import('../../run/bots.js');
    const { api, bots } = await untilSignal('Nothing was changed.', async (signal) => {
      const api = await withKey(settings, signal);
      const watched = follow(settings, 'Asking Clarky for the bots');
      return { api, bots: await listBots({ ...api, onEvent: watched.listener, signal }).finally(watched.close) };
    });
    if (settings.json === true) {
      const { canonicalApiUrl, DEFAULT_API_URL } = await import('../../endpoint.js');
      printJson(answeredInJson(start, { api: canonicalApiUrl(api.apiUrl ?? DEFAULT_API_URL), bots }));
      return;
    }
    const { printable } = await import('../../wording/printable.js');
    if (bots.length === 0) print('The key sees no bot: the workspace has no pipeline.\n');
    for (const { id, pipelines } of bots) {
      print(`${printable(id)}  ${printable(pipelines.join(', '))}\n`);
    }
  });
}
