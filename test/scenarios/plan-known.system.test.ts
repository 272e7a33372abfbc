/** What a plan says of people whom Clarky has by this list, by another, under other e-mails, or not at all: as the import does. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const HEAD = 'First Name,Last Name,Email,Email 2,Phone,Notes\n';
const MARCH = [
  'Ann,Lee,ann@x.com,,+442079461001,1',
  'Bob,Stone,bob@x.com,,,1',
  'Cid,Moor,,,+442079461003,1',
  'Dee,Fox,dee@x.com,,,1',
];

interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly merged: number;
  readonly rejected: number;
}

it('is created, updated and unchanged in a plan as in the import that follows', async () => {
  const { write, here } = await workplace({ faults: { forEmail: { 'never@x.com': '422' } } });
  const both = async (name: string, rows: readonly string[]): Promise<Counts> => {
    await write(name, `${HEAD}${rows.join('\n')}\n`);
    const counts = ({ created, updated, unchanged, merged, rejected }: Counts): Counts => ({
      ...{ created, updated, unchanged, merged, rejected },
    });
    const plan = await here('plan', name, '--json');
    const done = await here('import', name, '--json', ...UNLIMITED);
    const made = counts(JSON.parse(done.stdout) as Counts);
    expect([name, plan.code, counts(JSON.parse(plan.stdout) as Counts)]).toEqual([name, done.code, made]);
    return made;
  };
  await both('march.csv', MARCH);
  expect(await both('march.csv', MARCH)).toMatchObject({ created: 0, updated: 0, unchanged: 4 });

  // This list knows them, under another e-mail, a further one or none.
  const changed = [
    'Ann,Lee,ann@y.com,,+442079461001,2',
    'Bob,Stone,robert@x.com,bob@x.com,,2',
    'Cid,Moor,cid@x.com,,+442079461003,1',
    'Dee,Fox,dee@x.com,,,1',
  ];
  expect(await both('march.csv', changed)).toMatchObject({ created: 0, updated: 3, unchanged: 1 });
  expect(await both('march.csv', changed)).toMatchObject({ updated: 0, unchanged: 4 });

  // Another alone knows them.
  const others = [...MARCH, 'Eve,Hill,eve@x.com,,,1'];
  expect(await both('april.csv', others)).toMatchObject({ created: 1, updated: 4, unchanged: 0 });
  expect(await both('april.csv', others)).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
  const some = [',,robert@x.com,,,3', ',,,,+442079461003,3', 'Gus,Day,gus@x.com,,,3'];
  expect(await both('may.csv', some)).toMatchObject({ created: 1, updated: 2 });

  // Clarky takes none of it, the next time as well.
  const rejected = ['Hal,Moss,never@x.com,,,1', 'Ida,Kay,ida@x.com,,,1', 'Jo,Low,none,,,1'];
  expect(await both('june.csv', rejected.slice(1))).toMatchObject({ created: 1, rejected: 1 });
  await write('july.csv', `${HEAD}${rejected.join('\n')}\n`);
  expect((await here('import', 'july.csv', ...UNLIMITED)).code).toBe(3);
  expect(await both('july.csv', rejected)).toMatchObject({ created: 0, updated: 0, unchanged: 1, rejected: 2 });
});
