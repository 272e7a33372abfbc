import type { Command } from 'commander';
import { EXIT, ImporterError } from '../../errors.js';
import type { PlanOptions, PlanResult } from '../../run/plan/plan.js';
import { namedInput, requireNamed, type NamedInput } from '../../run/reading/named-input.js';
import type { Settings } from '../../settings/settings.js';
import { toldToRejects } from '../again.js';
import { toldAgain } from '../../run/outputs/telling/told-again.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { collectSignals } from '../process/signals.js';
import { withKey } from '../keys.js';
import { endedInJson } from '../ended.js';
import { print, printJson } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('The dry run: shows what an import would do, and sends nothing. Needs no key.')
    .argument(
      '<file...>',
      'spreadsheet of any kind, vCards or JSON; several, or a folder, are one list; - reads standard input',
    );
  addSettings(command, 'plan').action(async (paths: string[]) => {
    process.exitCode = await runPlan(await namedInput(paths), settingsOf(command, 'plan'));
  });
}

async function runPlan(input: NamedInput, settings: Settings): Promise<number> {
  const { file } = input;
  if (settings.diff === true && settings.live !== true) {
    throw new ImporterError('usage', '--diff compares with the workspace.', { next: 'Use it together with --live.' });
  }
  const signals = collectSignals('Nothing was sent.');
  const watched = follow(settings, readingPhase(file));
  const { planContacts } = await import('../../run/plan/plan.js');
  const planned = async (): Promise<PlanResult> => {
    await requireNamed(input);
    return planContacts({
      ...settings,
      ...input,
      ...(await keysOfImport(settings, signals.signal)),
      stdin: process.stdin,
      live: settings.live === true ? await withKey(settings, signals.signal) : undefined,
      signal: signals.signal,
      onEvent: watched.listener,
    });
  };
  const plan = await planned().finally(() => {
    watched.close();
    signals.dispose();
  });
  // As the import would end; what it would meet on the way, nobody knows.
  const exit = plan.exit === EXIT.someRejected && settings.exitZero === true ? EXIT.ok : plan.exit;
  if (settings.json === true) {
    printJson(endedInJson({ ...plan, exit }));
    return exit;
  }
  const { planInWords } = await import('../views/plan-words.js');
  const columns = Math.min(process.stdout.columns || 80, 120);
  const again = { map: toldAgain(settings, 'map'), rejects: toldToRejects(settings, true) };
  print(planInWords(plan, columns, again, settings.resend));
  return exit;
}

/**
 * A plan does without a key; where there is one, it knows what was announced to it. A profile names the Clarky and the bot that an
 * import would go to, too.
 * @throws ImporterError where a profile or a key file that is named can't be read
 */
async function keysOfImport(
  settings: Settings,
  signal: AbortSignal,
): Promise<Pick<PlanOptions, 'key' | 'moreKeys' | 'apiUrl' | 'bot'>> {
  try {
    const { key, moreKeys, apiUrl, bot } = await withKey({ ...settings, quiet: true }, signal);
    return { key, moreKeys, apiUrl, bot };
  } catch (error) {
    if (settings.profile !== undefined || settings.keyFile !== undefined) throw error;
    return {};
  }
}
