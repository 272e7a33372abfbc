import { constants, existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, readdir, stat, symlink, writeFile, lchown } from 'node:fs/promises';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForAppend, openForReading, readRegularFile, targetOf } from '../../src/storage/private-file.js';
import { readCorrections } from '../../src/run/reading/corrections/corrections.js';
import { outputOf } from '../../src/run/outputs/forms/forms.js';
import { checkOutputs } from '../../src/storage/outputs.js';
import { openForLines, openReplacement, removeFile, replaceFile } from '../../src/storage/replacement.js';
import { privateFolder } from '../support/folder.js';
import { ROOT } from '../support/built.js';
import { modeOf, onPosix } from '../support/posix.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('a file of ours', () => {
  it('is made for its owner alone, and one that others could read is closed to them', async () => {
    const folder = await privateFolder();
    await (await openForAppend(join(folder, 'new'))).close();
    expect(await modeOf(join(folder, 'new'))).toBe(0o600);
    await writeFile(join(folder, 'open'), '');
    await chmod(join(folder, 'open'), 0o666);
    await (await openForAppend(join(folder, 'open'))).close();
    expect(await modeOf(join(folder, 'open'))).toBe(0o600);
  });

  it('is neither a folder nor a pipe, and none is waited for', async () => {
    const folder = await privateFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await mkdir(join(folder, 'folder'));
    await expect(openForAppend(join(folder, 'pipe'))).rejects.toThrow('is a pipe, not a file.');
    await expect(openForReading(join(folder, 'pipe'))).rejects.toThrow('is a pipe, not a file.');
    await expect(openForAppend(join(folder, 'folder'))).rejects.toThrow('it is a folder.');
    await expect(openForAppend('/dev/null')).rejects.toThrow('is a device, not a file.');
    await expect(replaceFile(join(folder, 'folder'), async () => undefined)).rejects.toThrow(
      'is a folder, not a file.',
    );
    expect(await openForReading(join(folder, 'none'))).toBeUndefined();
    await expect(readRegularFile(join(folder, 'pipe'))).rejects.toThrow('is a pipe, not a file.');
    await expect(readCorrections(join(folder, 'pipe'))).rejects.toThrow('is a pipe, not a file.');
  });

  it('is reached through links of our own, to where they lead in the end', async () => {
    const folder = await privateFolder();
    await symlink('two', join(folder, 'one'));
    await symlink(join(folder, 'three'), join(folder, 'two'));
    expect(await targetOf(join(folder, 'one'))).toBe(join(folder, 'three'));
    await symlink('round', join(folder, 'round'));
    await expect(targetOf(join(folder, 'round'))).rejects.toThrow('it is a link that leads nowhere');
  });

  it.runIf(isRoot)('is not what another user laid there, as a file or as a link', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'planted'), '');
    await chmod(join(folder, 'planted'), 0o666);
    await chown(join(folder, 'planted'), NOBODY, NOBODY);
    await symlink(join(folder, 'mine'), join(folder, 'link'));
    await lchown(join(folder, 'link'), NOBODY, NOBODY);
    await expect(openForAppend(join(folder, 'planted'))).rejects.toThrow('belongs to another user');
    await expect(replaceFile(join(folder, 'planted'), async () => undefined)).rejects.toThrow(
      'belongs to another user',
    );
    await expect(removeFile(join(folder, 'planted'))).rejects.toThrow('belongs to another user');
    await expect(openForAppend(join(folder, 'link'))).rejects.toThrow('is a link that another user made');
    expect((await readdir(folder)).sort()).toEqual(['link', 'planted']);
  });
});

describe('a replacement', () => {
  it('never takes the place of a device or a pipe: it is written there', async () => {
    const folder = await privateFolder();
    await symlink('/dev/null', join(folder, 'null'));
    await replaceFile(join(folder, 'null'), 'gone');
    expect(await removeFile(join(folder, 'null'))).toBe(false);
    expect((await stat(join(folder, 'null'))).isCharacterDevice()).toBe(true);
    expect(await readdir(folder)).toEqual(['null']);
  });

  const openFiles = '/proc/self/fd';
  it.runIf(existsSync(openFiles))('never takes the place of what is open under a number, as /dev/stdout', async () => {
    const folder = await privateFolder();
    const file = await open(join(folder, 'redirected'), 'w');
    await file.write('before\n');
    await symlink(join(openFiles, String(file.fd)), join(folder, 'out'));
    await replaceFile(join(folder, 'out'), 'after\n');
    expect(await removeFile(join(folder, 'out'))).toBe(false);
    await file.close();
    expect(await readFile(join(folder, 'redirected'), 'utf8')).toBe('before\nafter\n');
    expect((await readdir(folder)).sort()).toEqual(['out', 'redirected']);
  });

  it.runIf(isRoot)('is not written through a pipe that another user laid there and reads', async () => {
    const folder = await privateFolder();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    await replaceFile(pipe, 'ours');
    expect((await reader.read(Buffer.alloc(9), 0, 9)).bytesRead).toBe(4);
    await chown(pipe, NOBODY, NOBODY);
    await symlink(pipe, join(folder, 'link'));
    for (const path of [pipe, join(folder, 'link')]) {
      await expect(replaceFile(path, 'secret')).rejects.toThrow('belongs to another user');
      await expect(openForLines(path)).rejects.toThrow('belongs to another user');
      await expect(checkOutputs([], [outputOf('rejects', path)])).rejects.toThrow('belongs to another user');
      await expect(removeFile(path)).rejects.toThrow('belongs to another user');
    }
    await reader.close();
  });

  onPosix('waits for whoever reads a pipe slowly', async () => {
    const folder = await privateFolder();
    execFileSync('mkfifo', ['pipe'], { cwd: folder });
    const reader = spawn('sh', ['-c', 'exec 3<> pipe; echo open; read _; head -c 200000 <&3 | wc -c'], { cwd: folder });
    await once(reader.stdout, 'data');
    const written = replaceFile(join(folder, 'pipe'), 'x'.repeat(200_000));
    for (let turn = 0; turn < 20; turn++) await Promise.race([written, new Promise((then) => setTimeout(then, 1))]);
    const read = once(reader.stdout, 'data');
    reader.stdin.end('\n');
    await written;
    expect(Number(String((await read)[0]))).toBe(200_000);
  });

  onPosix('is whole, or not there: also where a disk becomes full in the middle of it', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'a'), 'old');
    const script = `
      import { replaceFile } from ${JSON.stringify(join(ROOT, 'dist/storage/replacement.js'))};
      await replaceFile('a', 'x'.repeat(100_000)).catch(({ code }) => console.log(code));`;
    const limited = ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, script];
    expect(execFileSync('sh', limited, { cwd: folder, encoding: 'utf8' })).toBe('storage_failed\n');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('leaves what was there until it is put in its place', async () => {
    const folder = await privateFolder();
    await writeFile(join(folder, 'a'), 'old');
    const dropped = await openReplacement(join(folder, 'a'));
    await dropped.file.write('half');
    await dropped.discard();
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
    await replaceFile(join(folder, 'a'), 'new');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('can stand beside a name of the greatest length', async () => {
    const folder = await privateFolder();
    const name = 'n'.repeat(255);
    await replaceFile(join(folder, name), 'new');
    expect(await readdir(folder)).toEqual([name]);
    await expect(openForAppend(join(folder, `${name}n`))).rejects.toThrow('its name is too long');
  });
});
