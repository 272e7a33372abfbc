import { rename } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT, ImporterError } from '../../errors.js';
import type { Proposal } from '../../run/map.js';
import { defaultPaths, type ReadingOptions } from '../../run/settings.js';
import { printable } from '../../wording/printable.js';
import { isConfirmed } from '../ask.js';
import type { Decision } from '../map/wizard.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { print, say } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { fileSettingsAsFlags } from '../../settings/file-settings.js';
import { commandAfter, shellWord } from '../../wording/shell.js';
import { wrapped } from '../../wording/wrapped.js';

export function registerMap(program: Command): void {
  const command = program
    .command('map')
    .description('Proposes a column mapping, lets you change it, and writes it as a mapping file.')
    .argument('<file>', 'spreadsheet of any kind, vCards or JSON');
  addSettings(command, 'map').action(async (file: string) => {
    const settings = settingsOf(command, 'map');
    const isAsked = settings.yes !== true;
    if (isAsked && !(process.stdin.isTTY && process.stderr.isTTY)) {
      throw new ImporterError('usage', 'There is no terminal to ask at.', {
        next: 'Use --yes to write the proposal as it is, and edit the file.',
      });
    }
    const options = { ...settings, file, stdin: process.stdin };
    const watched = follow(settings, readingPhase(file));
    const proposal = await propose(options, isAsked, watched.close).finally(watched.close);
    for (const note of settings.quiet === true ? [] : proposal.notes)
      say(`${wrapped(printable(note), 79).join('\n')}\n`);
    process.exitCode = isAsked
      ? await askAndWrite(proposal, options)
      : await write(proposal, proposal.mapping, options);
  });
}

/** A mapping file that can't be read is set aside, if the person wants so. @throws ImporterError `bad_mapping` */
async function propose(options: ReadingOptions, isAsked: boolean, hush: () => void): Promise<Proposal> {
  const { proposeMapping } = await import('../../run/map.js');
  try {
    return await proposeMapping(options);
  } catch (error) {
    if (!(error instanceof ImporterError) || error.code !== 'bad_mapping') throw error;
    hush();
    const path = options.mapping ?? defaultPaths(options.file, options).mapping;
    const aside = `${path}.broken-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
    if (isAsked) {
      say(`${printable(error.message)}\n`);
      if (await isConfirmed('Set that file aside, and begin anew?', 'It is as it was.')) {
        await rename(path, aside);
        say(`It is now ${printable(aside)}.\n`);
        return proposeMapping(options);
      }
    }
    throw new ImporterError('bad_mapping', error.message, {
      next: `Correct it, or set it aside and run the same command again: mv ${shellWord(path)} ${shellWord(aside)}`,
      cause: error,
    });
  }
}

async function askAndWrite(proposal: Proposal, options: ReadingOptions): Promise<number> {
  const [{ decideColumns }, { findOpenColumns, keepDraft, withDecided }, { firstContact }, { findNationalPhones }] =
    await Promise.all([
      import('../map/wizard.js'),
      import('../../run/map.js'),
      import('../../run/plan/first-contact.js'),
      import('../../run/plan/national-phones.js'),
    ]);
  if (proposal.isDraft) say('Going on with what you decided before.\n');
  // The mapping file is what is written here: a column is looked at as it is decided now.
  const { outcome, isChanged, ...decision } = await decideColumns(proposal, {
    findOpen: ({ mapping, country }) => findOpenColumns({ ...options, country }, mapping),
    findNational: ({ mapping }) => findNationalPhones(options, mapping),
    preview: ({ mapping, country }) => firstContact({ ...options, country }, mapping),
    keep: (now) => keepDraft(withCountry(proposal, now), now.mapping),
  });
  const decided = withCountry(proposal, decision);
  if (outcome === 'write') return write(decided, await withDecided(options, decision.mapping), options);
  if (!isChanged) {
    say('Nothing was written.\n');
    return EXIT.sigint;
  }
  await keepDraft(decided, decision.mapping);
  say('What you decided is kept, but not used yet: the same command goes on from there.\n');
  return EXIT.sigint;
}

function withCountry(proposal: Proposal, { country }: Decision): Proposal {
  return { ...proposal, settings: { ...proposal.settings, country } };
}

async function write(proposal: Proposal, mapping: Proposal['mapping'], options: ReadingOptions): Promise<number> {
  const { writeMapping } = await import('../../run/map.js');
  await writeMapping(proposal, mapping);
  const undecided = mapping.columns.filter(({ target }) => target.kind === 'undecided').length;
  const still =
    undecided === 0
      ? ''
      : ` ${undecided} ${undecided === 1 ? 'column is' : 'columns are'} still undecided and left out.`;
  const { settings } = proposal;
  const told = fileSettingsAsFlags({ ...settings, set: Object.fromEntries(settings.set) });
  const kept = told.length === 0 ? '' : ` Imports that use it go by ${told.map(printable).join(', ')} as well.`;
  print(`Wrote ${printable(proposal.path)}.${still}${kept}\n`);
  await refuseUseless(mapping, proposal.path);
  const next = commandAfter('see what an import would do:', `clarky-contacts plan ${planOf(proposal.path, options)}`);
  print(`\nNext\n${next.join('\n')}\n`);
  return EXIT.ok;
}

/** The file, where its state is and, where it is not the one that is found by that, the mapping file, to be pasted. */
function planOf(path: string, { file, workDir }: ReadingOptions): string {
  const isFound = path === defaultPaths(file, { workDir }).mapping;
  const mapping = isFound ? '' : ` --mapping ${shellWord(path)}`;
  return `${shellWord(file)}${mapping}${workDir === undefined ? '' : ` --work-dir ${shellWord(workDir)}`}`;
}

/** Nothing can be imported by a mapping without e-mails and phones: said as a plan would say it. @throws ImporterError */
async function refuseUseless(mapping: Proposal['mapping'], path: string): Promise<void> {
  const { requireContactPoint } = await import('../../mapping/contact-point.js');
  try {
    requireContactPoint(mapping);
  } catch (error) {
    if (!(error instanceof ImporterError) || error.next?.includes('clarky-contacts map') !== true) throw error;
    const next = `Name the column in ${path}, as "emails" or "phone_numbers", or run the same command without --yes.`;
    throw new ImporterError('bad_mapping', error.message, { next, cause: error });
  }
}
