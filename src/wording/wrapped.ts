import { widthOf } from './width.js';

/** Breaks at blanks, so that no line is wider than `width` where its words allow it. */
export function wrapped(text: string, width: number): string[] {
  return hung(text, width, width);
}

/** Colours take no room. */
const COLOUR = /\u001b\[[\d;]*m/g;

const widthShown = (text: string): number => widthOf(text.replace(COLOUR, ''));

/**
 * Lines of ours as a terminal of so many columns shows them, which breaks in the middle of words: broken at blanks, each further line
 * below where the last part of it began. A command stays whole, and has its line to itself.
 */
export function reflowed(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (widthShown(line) <= columns ? [line] : broken(line, columns)))
    .join('\n');
}

function broken(line: string, columns: number): string[] {
  // In a list of commands two blanks part each from what is said of it.
  const [, before = '', command, said] = /^(.*?)(\bclarky-contacts [a-z].*?)(?: {2,}(\S.*))?$/.exec(line) ?? [];
  const indent = line.length - line.trimStart().length;
  if (command !== undefined && said !== undefined && before.trim() === '') {
    const below = ' '.repeat(Math.min(indent + 4, Math.floor(columns / 2)));
    return [`${before}${command}`, ...wrapped(said, columns - below.length).map((part) => below + part)];
  }
  if (command !== undefined) {
    const whole = line.slice(line.indexOf(command, before.length));
    return [...(before.trim() === '' ? [] : broken(before.trimEnd(), columns)), `${' '.repeat(indent + 2)}${whole}`];
  }
  // Of a table what stands last is the longest.
  const last = /^.*\S {2,}(?=\S)/.exec(line)?.[0].length ?? 0;
  const hang = last > 0 && last <= columns / 2 ? last : Math.min(indent + 2, Math.floor(columns / 2));
  const [first = '', ...more] = hung(line.slice(indent), columns - indent, columns - hang);
  return [' '.repeat(indent) + first, ...more.map((part) => ' '.repeat(hang) + part)];
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
