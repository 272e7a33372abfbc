/** What is said of settings that earlier imports of a file were told. Pure. */
import { settingRows, type SettingName, type Settings } from '../../../settings/settings.js';
import type { ImportEvent } from '../../events.js';

/** Settings that hold since an earlier import was told them. */
export interface Taken {
  /** A sentence for the person who runs it. */
  readonly message: string;
  readonly flags: readonly string[];
  /** The flags without personal data: of free text the flag alone. */
  readonly kept: readonly string[];
}

interface Earlier {
  readonly settings: Settings;
  readonly mapping: string | undefined;
}

/** What is used is another than in the import before. */
export interface Differing {
  /** A sentence for the person who runs it. */
  readonly message: string;
  /** The same without personal data. */
  readonly withoutData: string;
}

interface Now {
  readonly differing: readonly Differing[];
  readonly beginning: Settings;
}

type Said = Omit<Extract<ImportEvent, { type: 'warning' }>, 'type'>;

const LET_GO = '--forget-settings does without';

/**
 * What is as earlier imports were told, since nothing else is said now; nothing where there is none.
 * @param stronger what goes before it
 */
export function takenInWords({ settings, mapping }: Earlier, ...stronger: readonly Settings[]): Taken | undefined {
  const isOther = (name: SettingName): boolean => stronger.some((said) => said[name] !== undefined);
  const names = shapingIn(settings).filter((name) => !isOther(name));
  const inPlace = mapping === undefined ? [] : ['mapping' as const];
  const all: Settings = { ...settings, mapping };
  const flags = flagsIn(all, [...inPlace, ...names]);
  if (flags.length === 0) return undefined;
  const kept = flagsIn(all, [...inPlace, ...names], dataLess);
  return { message: asBefore(flags), flags, kept };
}

/** The same with the bot among it, which is known once the key was looked at. */
export function takenWithBot(taken: Taken | undefined, bot: string): Taken {
  const [flags, kept] = [
    [...(taken?.flags ?? []), `--bot ${bot}`],
    [...(taken?.kept ?? []), `--bot ${bot}`],
  ];
  return { message: asBefore(flags), flags, kept };
}

function asBefore(flags: readonly string[]): string {
  return `As in the import before: ${flags.join(', ')} (${LET_GO}).`;
}

/** Those of `given` that no import was told before. */
export function newIn(given: Settings, before: Settings): Settings {
  const names = shapingIn(given).filter((name) => name !== 'bot' && before[name] === undefined);
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

/** What an import says of the settings that it takes over, and of those that it hands on. */
export function keptInEvents({ differing, beginning }: Now, taken: Taken | undefined): Said[] {
  const names = shapingIn(beginning);
  const hold = (flags: readonly string[]): string =>
    `${flags.join(', ')}: this holds for the next commands on the file as well, also where they do not say it (${LET_GO}).`;
  return [
    ...(taken === undefined
      ? []
      : [
          {
            code: 'settings_kept',
            message: taken.message,
            isPersonal: true,
            withoutData: asBefore(taken.kept),
            kept: taken.kept,
          },
        ]),
    ...differing.map((one) => ({ code: 'settings_differ', ...one, isPersonal: true })),
    ...(names.length === 0
      ? []
      : [
          {
            code: 'settings_new',
            message: hold(flagsIn(beginning, names)),
            isPersonal: true,
            withoutData: hold(flagsIn(beginning, names, dataLess)),
          },
        ]),
  ];
}

/** What is given and differs, a sentence each. */
export function differencesOf(given: Settings, kept: Settings): Differing[] {
  return settingRows().flatMap(([name, { flag }]) => {
    const was = kept[name];
    const is = given[name];
    if (was === undefined || is === undefined || inWords(was) === inWords(is)) return [];
    const [long = flag] = flag.split(' ');
    const message = `${long} ${inWords(is)} is used; the import before had ${inWords(was)}.`;
    const isPersonal = name !== 'bot' && [is, was].some((value) => dataLess(name, value) !== value);
    return [{ message, withoutData: isPersonal ? `${long} is another than in the import before.` : message }];
  });
}

/** The flags of what shapes contacts, without personal data. */
export function withoutDataOf(settings: Settings): string[] {
  return flagsIn(settings, shapingIn(settings), dataLess);
}

/** The names of those that are kept and are not as they would be anyway. */
function shapingIn(settings: Settings): SettingName[] {
  return settingRows()
    .filter(([name, { isKept, fallback }]) => isKept === true && ![undefined, fallback].includes(settings[name]))
    .map(([name]) => name);
}

function flagsIn(
  settings: Settings,
  names: readonly SettingName[],
  shown: (name: SettingName, value: unknown) => unknown = (_, value) => value,
): string[] {
  const rows = new Map(settingRows());
  return names.flatMap((name) => flagsOf(rows.get(name)?.flag ?? name, shown(name, settings[name])));
}

function flagsOf(flag: string, value: unknown): string[] {
  const [long = flag] = flag.split(' ');
  if (value === true) return [long];
  if (typeof value !== 'object' || value === null) return [`${long} ${inWords(value)}`];
  return Object.entries(value).map(([key, text]) => `${long} ${text === true ? key : `${key}=${String(text)}`}`);
}

/** Of what people have typed, that there is something; of what they have chosen, what. */
function dataLess(name: SettingName, value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.keys(value).map((key) => [key, true]));
  }
  const isChosen = new Map(settingRows()).get(name)?.kind.choices?.includes(String(value)) === true;
  return isChosen || name === 'country' ? value : true;
}

function inWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, text]) => `${key}=${String(text)}`)
      .join(' ');
  }
  return String(value);
}
