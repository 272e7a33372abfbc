import { widthOf } from './width.js';

/** Breaks at blanks, so that no line is wider than `width` where its words allow it. */
export function wrapped(text: string, width: number): string[] {
  return hung(text, width, width);
}

/** Lines as a text that ends with one. */
export function asText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** Colours take no room. */
const COLOUR = /\u001b\[[\d;]*m/g;

const widthShown = (text: string): number => widthOf(text.replace(COLOUR, ''));

/**
 * Lines of ours as a terminal of so many columns shows them, which breaks in the middle of words: broken at blanks, each further line
 * below where the last part of it began. A command begins a line of its own, and can be copied as it stands there.
 * @param goesOn what a shell takes at the end of a line for a command that goes on in the next; without it a command stays whole
 */
export function reflowed(text: string, columns: number, goesOn?: string): string {
  return text
    .split('\n')
    .flatMap((line) => (widthShown(line) <= columns ? [line] : broken(line, columns, goesOn)))
    .join('\n');
}

/** An argument of a command, and the value of an option with it. */
const ARGUMENT = /(?:--\S+ (?!-))?(?:'[^']*'|\\.|[^\s'])+/g;

/** A sentence goes on behind it: it is read, and not copied. */
const GOES_ON_IN_WORDS = /["`]|[.,;](?:\s|$)/;

function broken(line: string, columns: number, goesOn?: string): string[] {
  // In a list of commands two blanks part each from what is said of it.
  const [, before = '', command, said] = /^(.*?)(\bclarky-contacts [a-z].*?)(?: {2,}(\S.*))?$/.exec(line) ?? [];
  const indent = line.length - line.trimStart().length;
  if (command !== undefined && said !== undefined && before.trim() === '') {
    const below = ' '.repeat(Math.min(indent + 4, Math.floor(columns / 2)));
    return [`${before}${command}`, ...wrapped(said, columns - below.length).map((part) => below + part)];
  }
  if (command !== undefined && isToCopy(before, command)) {
    const isAlone = before.trim() === '';
    const [first = '', ...more] = brokenCommand(command, columns - indent - 2, goesOn);
    const at = ' '.repeat(isAlone ? indent : indent + 2);
    return [...(isAlone ? [] : broken(before.trimEnd(), columns)), at + first, ...more.map((part) => `${at}  ${part}`)];
  }
  // Of a table what stands last is the longest.
  const last = /^.*\S {2,}(?=\S)/.exec(line)?.[0].length ?? 0;
  const hang = last > 0 && last <= columns / 2 ? last : Math.min(indent + 2, Math.floor(columns / 2));
  const [first = '', ...more] = hung(line.slice(indent), columns - indent, columns - hang);
  return [' '.repeat(indent) + first, ...more.map((part) => ' '.repeat(hang) + part)];
}

function isToCopy(before: string, command: string): boolean {
  return /(?:^|:)\s*$/.test(before) && !GOES_ON_IN_WORDS.test(command.replace(/'[^']*'/g, ''));
}

/** Between its arguments, and not within a name that is longer than the line. */
function brokenCommand(command: string, width: number, goesOn: string | undefined): string[] {
  if (goesOn === undefined || widthShown(command) <= width) return [command];
  const out: string[] = [];
  for (const argument of command.match(ARGUMENT) ?? []) {
    const line = out.at(-1);
    const longer = `${line ?? ''} ${argument}`;
    // What calls the program stays with what it is called for.
    if (
      line !== undefined &&
      ((out.length === 1 && /^\S+$/.test(line)) || widthShown(`${longer} ${goesOn}`) <= width)
    ) {
      out[out.length - 1] = longer;
    } else {
      out.push(argument);
    }
  }
  return out.map((part, at) => (at < out.length - 1 ? `${part} ${goesOn}` : part));
}

/** @param more the width of all lines but the first */
function hung(text: string, width: number, more: number): string[] {
  const out: string[] = [];
  let line = '';
  let room = width;
  for (const word of text.split(' ')) {
    if (line !== '' && widthShown(line) + 1 + widthShown(word) > room) {
      out.push(line.trimEnd());
      line = word;
      room = more;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...out, line];
}
