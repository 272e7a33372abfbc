/** Options that a command does not take so, and what was meant by them. Pure. */
import type { AnySetting } from '../../settings/setting.js';
import { settingRows } from '../../settings/settings.js';
import { listed } from '../../wording/rows/lines.js';

/** What is wrong, where it is more than that it is unknown, and what to do. */
export interface OptionSlip {
  readonly wrong?: string;
  readonly next?: string;
}

interface Flag extends Pick<AnySetting, 'commands' | 'isKept'> {
  readonly long: string;
  readonly takesValue: boolean;
}

function flags(): Flag[] {
  return settingRows().flatMap(([, { flag, negation, commands, isKept }]) =>
    [flag, ...(negation === undefined ? [] : [negation.flag])].map((each) => {
      const [long = each, value] = each.split(' ');
      return { long, takesValue: value !== undefined, commands, ...(isKept && { isKept }) };
    }),
  );
}

/**
 * @param typed as the command line has it, with a value that stands behind =
 * @returns undefined where no option is known that was meant
 */
export function optionSlip(typed: string, command: string | undefined): OptionSlip | undefined {
  if (command === undefined) return typed === '-v' ? { next: 'Did you mean -V?' } : undefined;
  const [name = typed] = typed.split('=');
  const all = flags();
  const own = (long: string): Flag | undefined =>
    all.find((flag) => flag.long === long && flag.commands.some((each) => each === command));
  if (name !== typed && own(name)?.takesValue === false)
    return { wrong: `${name} takes no value`, next: `Write ${name} alone.` };
  if (typed === '-v' && own('--verbose')) return { next: 'Did you mean --verbose?' };
  if (/^-[a-z][a-z-]+$/i.test(name) && own(`-${name.toLowerCase()}`))
    return { next: `Did you mean -${name.toLowerCase()}?` };
  return oppositeOf(name, own) ?? ofOthers(name, command, all);
}

/** The opposite of what there is is how it is where neither is said. */
function oppositeOf(name: string, own: (long: string) => Flag | undefined): OptionSlip | undefined {
  const said = own(name.replace(/^--no-/, '--'));
  if (said !== undefined && name.startsWith('--no-')) {
    const isLetGo = said.isKept === true && own('--forget-settings') !== undefined;
    const kept = isLetGo ? ' What earlier imports were told goes with --forget-settings.' : '';
    return { wrong: `there is no ${name}`, next: `Leave ${said.long} out.${kept}` };
  }
  const denied = own(name.replace(/^--/, '--no-'));
  return denied && { wrong: `there is no ${name}`, next: `Leave it out: it is so unless ${denied.long} is given.` };
}

function ofOthers(name: string, command: string, all: readonly Flag[]): OptionSlip | undefined {
  const others = all.find(({ long }) => long === name)?.commands;
  return others && { wrong: `${name} is no option of ${command}: it is one of ${listed(others)}` };
}
