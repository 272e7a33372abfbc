/** The table of settings as a document shows it (README; a test compares). */
import { settingRows, type Settings } from './settings.js';
import type { AnySetting } from './setting.js';

/** Markdown: one row a setting that has an environment variable, a file key or a default, or that several commands take. */
export function settingsAsMarkdown(): string {
  const rows = settingRows().map(([, row]) => {
    const { negation, environment, fileKey, commands, helpOf, fallbackOf } = row;
    const flags = [row.flag, ...(negation ? [negation.flag] : [])].map(code).join(', ');
    const fallback = withOthers(defaultInWords(row) ?? '', fallbackOf);
    const help = withOthers(row.help, helpOf);
    return [flags, code(environment), code(fileKey), fallback, help, commands.join(', ')];
  });
  const head = ['flag', 'environment', 'mapping file', 'default', 'what', 'commands'];
  return [head, head.map(() => '---'), ...rows].map(lineOf).join('\n');
}

/** What is so for most commands, and what for the others. */
function withOthers(words: string, others: Readonly<Record<string, string>> = {}): string {
  return [words, ...Object.entries(others).map(([command, own]) => `${command}: ${own}`)].join('; ');
}

/** Settings as they would be typed: `--country GB`. @param word how a shell takes a value */
export function settingsAsFlags(settings: Settings, word: (value: string) => string = String): string[] {
  return settingRows().flatMap(([name, { flag }]) => {
    const value: unknown = settings[name];
    const [long = flag] = flag.split(' ');
    if (value === undefined || value === false) return [];
    if (value === true) return [long];
    if (typeof value === 'string' || typeof value === 'number') return [`${long} ${word(String(value))}`];
    return Object.entries(value ?? {}).map(([key, text]) => `${long} ${word(`${key}=${String(text)}`)}`);
  });
}

/** The default as a person reads it. */
export function defaultInWords({ fallbackInWords, fallback }: AnySetting): string | undefined {
  if (fallbackInWords !== undefined) return fallbackInWords;
  return typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : undefined;
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
