import type { Command } from 'commander';

export function registerForget(program: Command): void {
  program.command('forget');
}
