/** Why a job does not go on, or can't begin. */
import { ImporterError } from '../../errors.js';
import { BadRequest } from '../access/body.js';
import type { JobKind } from '../wire.js';

const HOW_TO_GO_ON: Readonly<Record<JobKind, string>> = {
  import: 'The rest is pending: send it again to go on where it stopped.',
  plan: 'Compare again to see all of it.',
  verify: 'Verify again to compare all of it.',
  undo: 'Undo again to take the rest back: do not send the file again, which would bring back what is taken back already.',
};

/** What was asked for can't be done now. */
export function usage(message: string): ImporterError {
  return new ImporterError('usage', message);
}

/** It waits for what is under way with the file. */
export function busy(): BadRequest {
  return new BadRequest(409, 'busy', 'Something is under way with this file: wait, or stop it.');
}

/** Somebody stopped it. */
export function stopped(kind: JobKind): ImporterError {
  return new ImporterError('interrupted', 'It was stopped.', { next: HOW_TO_GO_ON[kind] });
}
