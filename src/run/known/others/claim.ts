/** What a row has in common with somebody else of another file, said so that a person can look at both. */
import type { OtherPeople } from '../../../checkpoint/others/other-people.js';
import { fileCalled } from '../../../checkpoint/others/places.js';
import type { Point } from '../../../checkpoint/points.js';
import type { Claim } from '../../../plan/decide.js';
import { claimOn } from '../acquaintance.js';

/**
 * Gives the claim on an e-mail or phone: from which file the other came is told where that lies beside this one.
 * @param folder where the checkpoint of this file lies
 */
export function claimsOfOthers(people: OtherPeople, folder: string | undefined): (shared: Point) => Promise<Claim> {
  const files = new Map<string, Promise<string | undefined>>();
  const fileOf = (name: string, beside: string): Promise<string | undefined> => {
    const known = files.get(name) ?? fileCalled(name, beside);
    files.set(name, known);
    return known;
  };
  return async (shared) => {
    const name = people.nameTelling(shared);
    const file = name === undefined || folder === undefined ? undefined : await fileOf(name, folder);
    return { ...claimOn(shared, 'another file', people.state), file };
  };
}
