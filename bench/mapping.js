/** How many columns of the fixtures (exports of known programs, home-made tables) are mapped as they should be. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { inferMapping } from '../dist/mapping/infer/infer.js';
import { wordOfTarget } from '../dist/mapping/propose.js';

const FOLDER = fileURLToPath(new URL('../fixtures/mapping/', import.meta.url));

/** `-`: not sent; `?`: left for a person to decide. */
function wordOf({ target }) {
  if (target.kind === 'undecided') return '?';
  return target.kind === 'unmapped' || target.kind === 'ignore' ? '-' : wordOfTarget(target);
}

/** Fields hit, columns rightly left out, misses and columns mapped to something wrong, one row a fixture with a miss. */
export async function* mapping() {
  const expected = JSON.parse(await readFile(`${FOLDER}expected.json`, 'utf8'));
  const total = { fields: 0, hits: 0, out: 0, left: 0, wrong: 0, misses: 0 };
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.csv'));
  for (const file of files) {
    const name = file.replace(/\.csv$/, '');
    const [header, ...rows] = parse(await readFile(`${FOLDER}${file}`));
    const samples = rows.map((cells, at) => ({ line: at + 2, cells }));
    const misses = [];
    inferMapping({ header, samples }).columns.forEach((column, at) => {
      const want = expected[name].columns[at][1];
      const got = wordOf(column);
      const isField = want !== '-' && want !== '?';
      total[isField ? 'fields' : 'out'] += 1;
      if (got === want) total[isField ? 'hits' : 'left'] += 1;
      else {
        total[got === '-' || got === '?' ? 'misses' : 'wrong'] += 1;
        misses.push(`${column.header}: ${got}, not ${want}`);
      }
    });
    if (misses.length > 0)
      yield { what: `mapping of ${name}`, figure: `${misses.length} missed`, ratio: misses.join('; '), bound: '' };
  }
  const { fields, hits, out, left, wrong, misses } = total;
  yield {
    what: `mapping of ${files.length} formats: fields found`,
    figure: `${hits} of ${fields}`,
    ratio: '',
    bound: 'all',
  };
  yield {
    what: 'mapping: columns rightly left out or asked about',
    figure: `${left} of ${out}`,
    ratio: '',
    bound: 'all',
  };
  yield { what: 'mapping: columns missed', figure: String(misses), ratio: '', bound: '0' };
  yield { what: 'mapping: columns taken for something wrong', figure: String(wrong), ratio: '', bound: '0' };
}
