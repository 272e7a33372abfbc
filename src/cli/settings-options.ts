/** The table of settings becomes options of a command, and what was typed becomes settings. */
import { Option, type Command } from 'commander';
import { defaultInWords } from '../settings/document.js';
import { checkSetting } from '../settings/resolve.js';
import type { AnySetting, CommandName } from '../settings/setting.js';
import { settingsFor, type Settings } from '../settings/settings.js';

type Env = NodeJS.ProcessEnv;

/** Adds every setting that a command takes, under the headings of its help. */
export function addSettings(command: Command, name: CommandName): Command {
  for (const [, setting] of settingsFor(name)) {
    const option = new Option(setting.flag, describe(setting, name)).helpGroup(`${setting.group}:`);
    if (setting.repeats === true) option.argParser((text, earlier: string[] = []) => [...earlier, text]);
    command.addOption(option);
    const { negation } = setting;
    if (negation) command.addOption(new Option(negation.flag, negation.help).helpGroup(`${setting.group}:`));
  }
  return command;
}

function describe(setting: AnySetting, command: CommandName): string {
  const choices = setting.kind.choices?.join(', ');
  const fallback = defaultInWords(setting);
  const facts = [
    ...(choices === undefined || setting.kind.choices?.length === 1 ? [] : [choices]),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ...(setting.environment === undefined ? [] : [`env: ${setting.environment}`]),
  ];
  return `${setting.helpOf?.[command] ?? setting.help}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}`;
}

/**
 * What was said by flags and, where there is none, by the environment; all of it checked.
 * @throws ImporterError `usage`
 */
export function settingsOf(command: Command, name: CommandName, env: Env = process.env): Settings {
  const nowMs = Date.now();
  const settings: Record<string, unknown> = {};
  for (const [key, setting] of settingsFor(name)) {
    const typed = typedValue(command, setting);
    const flag = setting.flag.replace(/ .*$/, '');
    const variable = setting.environment;
    const inherited = variable === undefined ? undefined : env[variable];
    if (typed !== undefined) settings[key] = checkSetting(setting, typed, flag, nowMs);
    else if (variable !== undefined && inherited !== undefined && inherited.trim() !== '') {
      settings[key] = checkSetting(setting, inherited, variable, nowMs);
    }
  }
  return settings;
}

function typedValue(command: Command, { flag, negation }: AnySetting): unknown {
  const option = new Option(flag);
  const value: unknown = command.getOptionValue(option.attributeName());
  // `--no-header` alone is true for commander unless it is given.
  if (option.negate && negation === undefined) return value === false ? true : undefined;
  return value;
}
