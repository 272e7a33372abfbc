import { expect, it } from 'vitest';
import { toldLines } from '../../../src/run/reading/told-lines.js';

const HEADER = ['Email', 'import_line', 'import_error', 'import_message'];

it.each(['c.csv.rejected.csv', 'c.csv.rejected.csv.rejected.csv', 'dir/c.csv.rejected (1).csv'])(
  'the lines of rejects, however often they came back, are those of the first file: %s',
  (path) => {
    const file = {
      isRejectsFile: true,
      source: { path, members: undefined },
      list: undefined,
      dialect: { header: HEADER },
    };
    const { note, told } = toldLines(file, {});
    expect(note).toBe('Lines are numbered as in c.csv: see the column import_line.');
    expect(told?.({ line: 2, cells: ['x', '17', 'e', 'm'] }).line).toBe(17);
  },
);
