import { isOfClarky } from '../../../src/run/import/answers/as-written.js';
import { expect, it } from 'vitest';
import { conflictOf } from '../../../src/plan/conflict-problem.js';
import {
  madeSecond,
  mergedInClarky,
  notKept,
  notSent,
  ofOtherBot,
  putAway,
  refusalProblem,
} from '../../../src/run/import/not-sent.js';

it('what only Clarky keeps back is told from what the plan of the file says by itself', () => {
  const claims = (['the workspace', 'another file', 'an earlier import'] as const).flatMap((of) =>
    (['email', 'phone'] as const).map((by) => notSent({ kind: 'held', by, of })),
  );
  const rejection = {
    outcome: 'rejected',
    status: 422,
    code: 'invalid',
    message: 'No such stage.',
    field: undefined,
    attempts: 1,
  } as const;
  const ofClarky = [
    ...claims,
    notSent({ kind: 'rejected earlier', code: 'invalid' }),
    notSent({ kind: 'deleted' }),
    mergedInClarky('c1', { line: 2 }),
    madeSecond('c1', 'c2'),
    ofOtherBot('c1', 'b1'),
    notKept('c1', { emails: ['ada@example.com'] }),
    putAway('c1'),
    refusalProblem(rejection),
    refusalProblem({ ...rejection, field: 'emails' }),
  ];
  expect(ofClarky.filter(({ message }) => !isOfClarky(message))).toEqual([]);

  const couple = {
    kind: 'held',
    by: 'email',
    places: [{ line: 2 }, { line: 3 }],
    rows: 2,
    names: ['Fay', 'Max'],
    isOneName: false,
    haveEmails: true,
    hasOther: true,
  } as const;
  const ofTheFile = [conflictOf({ ...couple, withWorkspace: false }), conflictOf({ kind: 'repeated' })];
  expect(ofTheFile.map((problem) => isOfClarky(problem?.message ?? ''))).toEqual([false, false]);
  expect(isOfClarky(conflictOf({ ...couple, withWorkspace: true })?.message ?? '')).toBe(true);
});
