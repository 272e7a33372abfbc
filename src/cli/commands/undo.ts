import type { Command } from 'commander';

export function registerUndo(program: Command): void {
  program.command('undo');
}
