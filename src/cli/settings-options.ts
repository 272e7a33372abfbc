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
  const fallback = setting.fallbackOf?.[command] ?? defaultInWords(setting);
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
    const value = settingOf(command, setting, env, nowMs);
    if (value !== undefined) settings[key] = value;
  }
  // A profile is a key for an address and a bot: one that was typed is not led elsewhere by the environment.
  const isTyped = (option: string): boolean => command.getOptionValue(option) !== undefined;
  if (isTyped('profile')) {
    for (const name of ['apiUrl', 'bot']) if (!isTyped(name)) settings[name] = undefined;
  }
  // A word of the library's; here it is a file like any other.
  if (settings['checkpoint'] === 'memory') settings['checkpoint'] = './memory';
  return settings;
}

/** The settings of an import that are sound though another is mistyped: they tell where the outcome goes. */
export function soundSettingsOf(command: Command): Settings {
  const nowMs = Date.now();
  const settings: Record<string, unknown> = {};
  for (const [key, setting] of settingsFor('import')) {
    try {
      settings[key] = settingOf(command, setting, process.env, nowMs);
    } catch {
      // It is what is told of.
    }
  }
  return settings;
}

/** @throws ImporterError `usage` */
function settingOf(command: Command, setting: AnySetting, env: Env, nowMs: number): unknown {
  const typed = typedValue(command, setting);
  if (typed !== undefined) return checkSetting(setting, typed, setting.flag.replace(/ .*$/, ''), nowMs);
  const variable = setting.environment;
  const inherited = variable === undefined ? undefined : env[variable];
  if (variable === undefined || inherited === undefined || inherited.trim() === '') return undefined;
  return checkSetting(setting, inherited, variable, nowMs);
}

function typedValue(command: Command, { flag, negation }: AnySetting): unknown {
  const option = new Option(flag);
  const value: unknown = command.getOptionValue(option.attributeName());
  // `--no-header` alone is true for commander unless it is given.
  if (option.negate && negation === undefined) return value === false ? true : undefined;
  return value;
}
