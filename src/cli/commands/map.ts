import type { Command } from 'commander';

export function registerMap(program: Command): void {
  program.command('map');
}
