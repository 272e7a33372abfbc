import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { homeFolder, makeFolder, sharedFolder } from '../../src/storage/state-folder.js';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';

const THREADS = 4;
const ROUNDS = 100;

/** Makes the same deep folder in the same moment as the other threads do, again and again. */
const RACER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { join } = require('node:path');
  import(workerData.module).then(({ makeFolder }) => {
    const arrived = new Int32Array(workerData.arrived);
    const failures = [];
    for (let round = 0; round < ${String(ROUNDS)}; round++) {
      Atomics.add(arrived, 0, 1);
      while (Atomics.load(arrived, 0) < ${String(THREADS)} * (round + 1));
      try {
        makeFolder(join(workerData.folder, String(round), 'a', 'b'));
      } catch (error) {
        failures.push(error.message);
      }
    }
    parentPort.postMessage(failures);
  });
`;

it('whoever has no home, in no variable and in no list of users, has one that can’t be used', () => {
  const none = (): string => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  for (const home of [homeFolder(none, none), homeFolder(() => '', none), homeFolder(none, () => 'nowhere')]) {
    expect(() => makeFolder(join(home, '.local', 'state'))).toThrow(/ENOTDIR|ENOENT/);
  }
  expect(homeFolder(() => '/home/ada')).toBe('/home/ada');
});

it.each(['', 'home', './home'])(
  'a HOME that is no whole path (%j) is none: that of the list of users counts',
  (home) => {
    expect(
      homeFolder(
        () => home,
        () => '/home/ada',
      ),
    ).toBe('/home/ada');
  },
);

it.each(['', 'state', './state'])('what users share is never in the current folder (XDG_STATE_HOME=%j)', (named) => {
  Object.assign(process.env, { XDG_STATE_HOME: named, LOCALAPPDATA: named });
  expect(sharedFolder(undefined)).toBe(
    join(homeFolder(), process.platform === 'win32' ? 'AppData/Local' : '.local/state', 'clarky-contacts'),
  );
});

describe('makeFolder', () => {
  it('does not take what stands in the place of a folder for one', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file'))).toThrow('is no folder');
    expect(() => makeFolder(join(folder, 'file', 'a', 'b'))).toThrow('ENOTDIR');
    makeFolder(folder);
  });

  it('serves all who make the same folders at the same moment', async () => {
    const folder = await privateFolder();
    const module = pathToFileURL(join(ROOT, 'dist/storage/state-folder.js')).href;
    const workerData = { folder, module, arrived: new SharedArrayBuffer(4) };
    const raced = Array.from({ length: THREADS }, () => {
      const worker = new Worker(RACER, { eval: true, workerData });
      return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
    });
    expect(await Promise.all(raced)).toEqual(Array.from({ length: THREADS }, () => []));
    expect(existsSync(join(folder, String(ROUNDS - 1), 'a', 'b'))).toBe(true);
  });

  it('ends with the system’s reason where nothing can be made', () => {
    expect(() => makeFolder('/proc/nowhere/at/all')).toThrow('ENOENT');
  });
});
