import type { Option } from 'commander';

/** What the help says of an option: choices and default in one pair of brackets, in one form for all commands. Pure. */
export function optionInWords({
  description,
  argChoices,
  defaultValue,
}: Pick<Option, 'description' | 'argChoices' | 'defaultValue'>): string {
  const [, text = description, said] = /^(.*) \((default: [^()]*)\)$/.exec(description) ?? [];
  // That of a switch, which is on or off, is no news.
  const known = typeof defaultValue === 'string' || typeof defaultValue === 'number' ? defaultValue : undefined;
  const fallback = known === undefined ? said : `default: ${String(known)}`;
  const facts = [
    ...(argChoices === undefined ? [] : [argChoices.join(', ')]),
    ...(fallback === undefined ? [] : [fallback]),
  ];
  return facts.length === 0 ? text : `${text} (${facts.join('; ')})`;
}
