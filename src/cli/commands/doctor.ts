import type { Command } from 'commander';
import { follow } from '../follow/follow.js';
import { print, printJson } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('Checks what an import relies on: Node, key, scopes, bots, clock, limit, folder. Changes nothing.');
  addSettings(command, 'doctor').action(async () => {
    const settings = settingsOf(command, 'doctor');
    const watched = follow(settings, 'Checking');
    const { checkAll } = await import('../doctor.js');
    const { findings, exitStatus } = await checkAll(settings, watched.listener).finally(watched.close);
    if (settings.json === true) printJson({ findings, exit: exitStatus });
    else {
      const { findingsInWords } = await import('../views/doctor-words.js');
      print(findingsInWords(findings));
    }
    process.exitCode = exitStatus;
  });
}
