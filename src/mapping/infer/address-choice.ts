/** Which of a file's addresses is the contact's: one for the whole file, so that no contact gets parts of two. Pure. */

/** From the likeliest: an address without a qualifier, a mailing address, then business before home. */
const PREFERENCE = ['', 'mailing', 'default', 'business', 'home', 'billing', 'shipping', 'other'];

export interface AddressColumn {
  readonly group: string;
  readonly part: string;
  /** 0 to 1. */
  readonly fillRate: number;
}

/** A group counts as used where it is filled at least this much as often as the fullest one. */
const USED_SHARE = 0.5;

/**
 * The group to take, or undefined without address columns: among the groups that are really used, the first by preference
 * (business before home). Where nothing is filled, by preference alone.
 */
export function chooseAddress(columns: readonly AddressColumn[]): string | undefined {
  const fillByGroup = new Map<string, number>();
  for (const { group, fillRate } of columns) {
    fillByGroup.set(group, Math.max(fillByGroup.get(group) ?? 0, fillRate));
  }
  const fullest = Math.max(0, ...fillByGroup.values());
  const used = [...fillByGroup].filter(([, fillRate]) => fillRate >= fullest * USED_SHARE).map(([group]) => group);
  return used.sort((a, b) => rank(a, columns) - rank(b, columns))[0];
}

const NUMBERED = 100;

function rank(group: string, columns: readonly AddressColumn[]): number {
  const number = /\d+$/.exec(group)?.[0];
  if (number !== undefined) return NUMBERED + Number(number);
  // A country or a state on its own, beside a whole address elsewhere, is no address.
  const isBare =
    group === '' && columns.every((column) => column.group !== '' || /^(?:state|country)$/.test(column.part));
  return isBare ? PREFERENCE.length : PREFERENCE.indexOf(group);
}
