import { chmod, mkdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

/** The commands in a text, each once; those of a terminal may go on on a line of their own. */
function commandsIn(text: string): string[] {
  const plain = text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
  const found = plain.matchAll(/clarky-contacts ((?:import|verify|undo) [^\n<]*)/g);
  return [...new Set([...found].map(([, command = '']) => command.trim()))].sort();
}

it('the commands of a report are those that the terminal printed: with the address, the key file and the pace', async () => {
  const place = await workplace();
  await place.write('c.csv', 'Name,Email\nAnn Ash,ann@example.com\nBob Ball,bob@@example.com\n');
  await mkdir(place.path('keys'));
  await chmod(await place.write('keys/my key.txt', place.sandbox.key), 0o600);
  const told = ['--api-url', place.sandbox.url, '--key-file', 'keys/my key.txt', '--live', ...UNLIMITED];
  const env = { CLARKY_API_URL: undefined, CLARKY_KEY: undefined };
  const ended = await place.runWith({ env }, 'import', 'c.csv', ...told);
  expect(ended.code, ended.stderr).toBe(3);
  const report = await readFile(place.path('c.csv.report.html'), 'utf8');
  const ofTerminal = commandsIn(ended.stdout);
  expect(ofTerminal).toContain(`verify c.csv --key-file 'keys/my key.txt' --api-url ${place.sandbox.url}`);
  expect(ofTerminal).toHaveLength(3);
  const ofReport = commandsIn(report);
  // The same words, in whatever order.
  const words = (command: string): string => command.split(' ').sort().join(' ');
  expect(ofReport.map(words)).toEqual(expect.arrayContaining(ofTerminal.map(words)));
  for (const command of ofReport) expect(command).toContain(`--api-url ${place.sandbox.url}`);
  expect(report).not.toContain(place.sandbox.key);

  // As the settings of the shell have them they are not said again; what was told there is.
  expect((await place.run('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
  expect(await readFile(place.path('c.csv.report.html'), 'utf8')).not.toContain('--api-url');
});

it('what a profile, or a page, gave for the address is told as it was given', async () => {
  const place = await workplace();
  await place.write('c.csv', 'Name,Email\nAnn Ash,ann@example.com\n');
  const env = { CLARKY_API_URL: undefined, CLARKY_KEY: undefined };
  expect(
    (await place.runWith({ env: { CLARKY_API_URL: undefined } }, 'login', 'shop', '--api-url', place.sandbox.url)).code,
  ).toBe(0);
  const ended = await place.runWith({ env }, 'import', 'c.csv', '--profile', 'shop', ...UNLIMITED);
  expect(ended.code, ended.stderr).toBe(0);
  const report = await readFile(place.path('c.csv.report.html'), 'utf8');
  expect(report).toContain('clarky-contacts verify c.csv --profile shop<');
  // The page, and code, name the address alone.
  expect(await place.imported('c.csv')).toBe(0);
  expect(await readFile(place.path('c.csv.report.html'), 'utf8')).toContain(
    `verify c.csv --api-url ${place.sandbox.url}`,
  );
});
