import { ImporterError } from '../errors.js';
import { dropTypedAhead } from './type-ahead.js';
import { inItsSigns } from './views/signs.js';

/**
 * Asks at the terminal, on standard error; no is what Enter alone says.
 * @param otherwise what is so where the question is answered by Ctrl-C
 * @throws ImporterError `interrupted` then
 */
export async function isConfirmed(message: string, otherwise: string): Promise<boolean> {
  const clack = await import('./prompts.js');
  await dropTypedAhead();
  const answer = await clack.confirm({ message, initialValue: false, output: inItsSigns(process.stderr) });
  if (clack.isCancel(answer)) throw new ImporterError('interrupted', otherwise);
  return answer;
}
