import type { Command } from 'commander';

export function registerBots(program: Command): void {
  program.command('bots');
}
