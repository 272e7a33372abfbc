import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, DOWN, ENTER, ESCAPE, hasTerminal } from '../support/terminal.js';

const ROWS = ['Kundennr,Vorname,Nachname,Mail,Sonstiges', '1,Ada,Love,ada@x.com,hello', '2,Bob,Mar,bob@x.com,there'];

describe.skipIf(!hasTerminal)('map, at a terminal', () => {
  it('changes columns in any order, goes back, keeps what was decided on Ctrl-C, and shows a contact before it writes', async () => {
    const place = await workplace();
    await place.write('c.csv', `${ROWS.join('\n')}\n`);
    const left = atTerminal(place, ['map', 'c.csv']);
    await left.shows('◆  3 sent, 2 left out');
    left.type(DOWN.repeat(5) + ENTER);
    await left.shows('◆  Sonstiges  (');
    await left.shows('Back to the columns');
    left.type(DOWN + ENTER);
    await left.shows('◆  The field for Sonstiges');
    left.type('zip');
    await left.shows('postal_code (zip, postcode)');
    await left.shows('1 match');
    left.type(ENTER);
    await left.shows('◆  4 sent, 1 left out');
    left.type(DOWN + ENTER);
    await left.shows('◆  Kundennr  (');
    left.type(ESCAPE);
    await left.shows('◆  4 sent, 1 left out', 2);
    left.type(CTRL_C);
    expect(await left.ended).toMatchObject({
      code: 130,
      shown: expect.stringContaining('the same command goes on from there') as string,
    });
    expect(existsSync(place.path('c.csv.mapping.json'))).toBe(false);

    const goesOn = atTerminal(place, ['map', 'c.csv']);
    await goesOn.shows('◆  4 sent, 1 left out');
    goesOn.type(ENTER);
    await goesOn.shows('◆  Write c.csv.mapping.json?');
    expect(existsSync(place.path('c.csv.mapping.json'))).toBe(false);
    goesOn.type(ENTER);
    const { code, shown } = await goesOn.ended;
    expect([code, shown]).toEqual([0, expect.stringContaining('the first contact, as it would be sent')]);
    expect(shown.replace(/\s+/g, ' ')).toMatch(/postal_code hello .*emails ada@x\.com/);
    expect(JSON.parse(await readFile(place.path('c.csv.mapping.json'), 'utf8'))).toMatchObject({
      columns: { Sonstiges: 'postal_code', Mail: 'emails' },
    });
  });

  it('speaks of what was decided before as decided, since no mapping file is there, and breaks no line without need', async () => {
    const place = await workplace();
    await place.write('c.csv', `${ROWS.join('\n')}\n`);
    const left = atTerminal(place, ['map', 'c.csv']);
    await left.shows('◆  3 sent, 2 left out');
    left.type(DOWN.repeat(5) + ENTER);
    await left.shows('Back to the columns');
    left.type(DOWN.repeat(2) + ENTER);
    await left.shows('◆  The custom field for Sonstiges');
    left.type(ENTER);
    await left.shows('◆  What Sonstiges holds');
    await left.shows('Decide from the values (all dates, or all yes and no; else text)');
    left.type(ENTER);
    await left.shows('◆  4 sent, 1 left out');
    left.type(CTRL_C);
    expect(await left.ended).toMatchObject({ code: 130 });

    const goesOn = atTerminal(place, ['map', 'c.csv']);
    await goesOn.shows('◆  4 sent, 1 left out');
    goesOn.type(DOWN.repeat(5) + ENTER);
    await goesOn.shows('% filled; you decided so)');
    goesOn.type(CTRL_C);
    await goesOn.shows('◆  4 sent, 1 left out', 2);
    goesOn.type(CTRL_C);
    expect(await goesOn.ended).toMatchObject({ code: 130 });
  });

  it('asks again where a search finds no field, and has each decision on disk before the next', async () => {
    const place = await workplace();
    await place.write('c.csv', `${ROWS.join('\n')}\n`);
    const asked = atTerminal(place, ['map', 'c.csv']);
    await asked.shows('◆  3 sent, 2 left out');
    asked.type(DOWN.repeat(5) + ENTER);
    await asked.shows('Back to the columns');
    asked.type(DOWN + ENTER);
    await asked.shows('◆  The field for Sonstiges');
    asked.type('added');
    await asked.shows('No matches found');
    asked.type(ENTER);
    await asked.shows('No field is called that.');
    asked.type('\u007f'.repeat(5) + 'zip');
    await asked.shows('1 match');
    asked.type(ENTER);
    await asked.shows('◆  4 sent, 1 left out');
    expect(JSON.parse(await readFile(place.path('c.csv.mapping.json.draft'), 'utf8'))).toMatchObject({
      columns: { Sonstiges: 'postal_code' },
    });
    asked.type(CTRL_C);
    expect(await asked.ended).toMatchObject({ code: 130 });
  });

  it('asks for the country of phones without +, shows the likely one, and writes what is told', async () => {
    const place = await workplace();
    await place.write('c.csv', 'First,Mobile,Postcode\nAda,07700 900123,SW1A 1AA\nBob,07700 900124,M1 1AE\n');
    const asked = atTerminal(place, ['map', 'c.csv']);
    await asked.shows('Phones without +     → no country is told');
    asked.type(ENTER);
    await asked.shows('The country of phones without + (2 rows)');
    await asked.shows('They look like numbers of GB (United Kingdom).');
    asked.type('X' + ENTER);
    await asked.shows('"GBX" is no country.');
    asked.type('\u007f'.repeat(3) + 'UK' + ENTER);
    await asked.shows('Did you mean GB?');
    asked.type('\u007f'.repeat(2) + 'gb' + ENTER);
    await asked.shows('◆  Write c.csv.mapping.json?');
    await asked.shows('+447700900123');
    asked.type(ENTER);
    expect(await asked.ended).toMatchObject({ code: 0, shown: expect.stringContaining('--country GB') as string });
    expect(JSON.parse(await readFile(place.path('c.csv.mapping.json'), 'utf8'))).toMatchObject({
      settings: { country: 'GB' },
    });
    const again = atTerminal(place, ['map', 'c.csv']);
    await again.shows('Phones without +     → of GB');
    again.type(ENTER);
    await again.shows('◆  Write c.csv.mapping.json?');
    again.type(CTRL_C);
    await again.shows('◆  3 sent, 0 left out', 2);
    again.type(CTRL_C);
    expect(await again.ended).toMatchObject({ code: 130 });
  });

  it('offers the country that an import before was told, where the file speaks for none', async () => {
    const place = await workplace();
    await place.write('c.csv', 'First,Email,Mobile\nAda,ada@x.com,0171 2345678\nBob,bob@x.com,0171 2345679\n');
    expect((await place.here('import', 'c.csv', '--country', 'DE')).code).toBe(0);
    const asked = atTerminal(place, ['map', 'c.csv']);
    await asked.shows('Phones without +     → no country is told');
    asked.type(ENTER);
    await asked.shows('An import before took them for numbers of DE (Germany).');
    asked.type(ENTER);
    await asked.shows('◆  Write c.csv.mapping.json?');
    await asked.shows('+491712345678');
    asked.type(ENTER);
    expect(await asked.ended).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(place.path('c.csv.mapping.json'), 'utf8'))).toMatchObject({
      settings: { country: 'DE' },
    });
  });
});
