import { ImporterError } from '../errors.js';
import { dropTypedAhead } from './type-ahead.js';
import { inItsSigns } from './views/signs.js';

const ANSWERS = new Map([
  ['', false],
  ['n', false],
  ['no', false],
  ['y', true],
  ['yes', true],
]);

/** @returns the answer that a typed line is; undefined for any other words */
function answerIn(typed = ''): boolean | undefined {
  return ANSWERS.get(typed.trim().toLowerCase());
}

/**
 * Asks at the terminal, on standard error. The answer is a line of its own, as another command that is pasted here must not count as one:
 * most hold a "y". Enter alone says no.
 * @param otherwise what is so where the question is answered by Ctrl-C
 * @throws ImporterError `interrupted` then
 */
export async function isConfirmed(message: string, otherwise: string): Promise<boolean> {
  const clack = await import('./prompts.js');
  await dropTypedAhead();
  const answer = await clack.text({
    message: `${message} (y/N)`,
    validate: (typed) => (answerIn(typed) === undefined ? 'Type y for yes; Enter alone says no.' : undefined),
    output: inItsSigns(process.stderr),
  });
  if (clack.isCancel(answer)) throw new ImporterError('interrupted', otherwise);
  return answerIn(answer) ?? false;
}
