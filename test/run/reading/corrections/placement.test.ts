import { describe, expect, it } from 'vitest';
import type { Correction } from '../../../../src/run/reading/corrections/corrections.js';
import { placeCorrections, type Placement } from '../../../../src/run/reading/corrections/placement.js';
import { printOf } from '../../../../src/run/reading/corrections/row-print.js';

const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Company', 'City', 'Country', 'Notes'];
const ANN = ['Ann', 'Lee', 'ann@gmial.com', '+4930123456', 'Acme', 'Berlin', 'Germany', 'n1'];

/** Where a correction of the e-mail of a row on line 2 belongs in a file of these rows. */
async function placeIn(rows: readonly (readonly string[])[], of = ANN, header = HEADER): Promise<Placement> {
  const [was = ''] = of.slice(2);
  return placedIn(rows, [{ line: 2, column: header[2] ?? '', was, value: 'ann@gmail.com', row: printOf(of) }], header);
}

async function placedIn(
  rows: readonly (readonly string[])[],
  made: readonly Correction[],
  header = HEADER,
): Promise<Placement> {
  const records = rows.map((cells, at) => ({ line: at + 2, cells }));
  const read = async function* () {
    yield records;
  };
  return placeCorrections(made, header, read);
}

const withCells = (row: readonly string[], cells: Readonly<Record<number, string>>): string[] =>
  row.map((cell, at) => cells[at] ?? cell);
const BLANK = withCells(ANN, { 2: '' });
const SHORT = withCells(ANN, { 3: '', 4: '', 5: '', 6: '' });
const ZOE = ['Zoe', 'Nu', 'zoe@x.com', '', '', 'Bonn', 'Germany', ''];

describe('a correction whose row is not as it was', () => {
  it.each([
    ['stays where another cell changed', ANN, [withCells(ANN, { 7: 'n2' })], 2],
    ['stays where the last name changed', ANN, [withCells(ANN, { 1: 'Kay' })], 2],
    ['follows the row where it moved as well', ANN, [ZOE, withCells(ANN, { 7: 'n2' })], 3],
    ['follows a row of few cells that moved as well', SHORT, [ZOE, withCells(SHORT, { 7: 'n2' })], 3],
    ['follows the name where half the cells changed', ANN, [ZOE, withCells(ANN, { 5: 'Bonn', 6: 'D', 7: 'n2' })], 3],
    ['of a blank cell follows the row where it moved as well', BLANK, [ZOE, withCells(BLANK, { 7: 'n2' })], 3],
    ['of a blank cell stays with the same name', BLANK, [withCells(BLANK, { 7: 'n2' })], 2],
  ])('%s', async (_, of, rows, line) => {
    const { placed, stale } = await placeIn(rows, of);
    expect([placed.map((one) => one.line), stale]).toEqual([[line], []]);
  });

  it.each([
    ['somebody of another first name', ANN, [withCells(ANN, { 0: 'Bob' })]],
    ['elsewhere, somebody of another first name', ANN, [ZOE, withCells(ANN, { 0: 'Bob' })]],
    ['elsewhere, somebody of another last name, with few cells the same', SHORT, [ZOE, withCells(SHORT, { 1: 'Kay' })]],
    ['of a blank cell elsewhere, of another first name', BLANK, [ZOE, withCells(BLANK, { 0: 'Bob' })]],
    ['of a blank cell, of another first name', BLANK, [withCells(BLANK, { 0: 'Bob' })]],
    ['of a blank cell, of another last name', BLANK, [withCells(BLANK, { 1: 'Kay' })]],
  ])('is not applied to who stands there now: %s', async (_, of, rows) => {
    expect((await placeIn(rows, of)).placed).toEqual([]);
  });

  it('is not applied where another one stands, which was made of that row later', async () => {
    const of = { column: 'Email', was: 'ann@gmial.com', value: 'ann@gmail.com', row: printOf(ANN) };
    const [earlier, later] = [
      { ...of, line: 2 },
      { ...of, line: 3, value: 'lee@gmail.com' },
    ];
    const { placed, stale } = await placedIn([ZOE, ANN], [earlier, later]);
    expect([placed, stale]).toEqual([[later], [{ correction: earlier, why: 'gone' }]]);
  });

  it('follows its row where others held the same, and all have moved and changed', async () => {
    const bob = withCells(ANN, { 0: 'Bob', 1: 'Kay', 3: '+4930654321', 4: 'Bolts' });
    const made = [ANN, bob].map((of, at) => ({
      ...{ line: at + 2, column: 'Email', was: 'ann@gmial.com', value: `${at}@gmail.com`, row: printOf(of) },
    }));
    const { placed, stale } = await placedIn([ZOE, ZOE, ...[ANN, bob].map((of) => withCells(of, { 7: 'n2' }))], made);
    expect([placed.map(({ line, value }) => [line, value]), stale]).toEqual([
      [
        [4, '0@gmail.com'],
        [5, '1@gmail.com'],
      ],
      [],
    ]);
  });

  it('is applied to none of several that may be it', async () => {
    const { placed, stale } = await placeIn([ZOE, withCells(ANN, { 7: 'n2' }), withCells(ANN, { 7: 'n3' })]);
    expect([placed, stale.map(({ why }) => why)]).toEqual([[], ['ambiguous']]);
  });

  it('of a blank cell, where no column says who it is, is applied to the very row alone', async () => {
    const header = HEADER.map((_, at) => `q${at}`);
    const changed = withCells(BLANK, { 7: 'n2' });
    expect((await placeIn([changed], BLANK, header)).placed).toEqual([]);
    expect((await placeIn([ZOE, BLANK], BLANK, header)).placed).toHaveLength(1);
  });
});
