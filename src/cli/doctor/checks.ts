/** What an import relies on, each looked at. */
import { constants } from 'node:fs';
import { access as accessTo, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EXIT, ImporterError } from '../../errors.js';
import type { Access } from '../../run/access.js';
import type { ImportListener } from '../../run/events.js';
import { requireWorkDir } from '../../run/known/state-of-source.js';
import type { Workspace } from '../../run/probe/probe-file.js';
import type { Settings } from '../../settings/settings.js';
import { unseenInWords } from '../../storage/locks/liveness.js';
import { locksIn, ofUnasked } from '../../storage/lock.js';
import { homeFolder, machineFolder, otherStateFolder, sharedFolder } from '../../storage/state-folder.js';
import { formatDuration } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { namingKey, withKey } from '../keys.js';
import { botsInWords, unseenBot, limitInWords } from '../views/access-words.js';
import type { DoctorFinding } from './finding.js';
import { lookAtKeys } from './keys-checks.js';

/** Certificates and deadlines begin to matter from here on. */
const CLOCK_OFF_MS = 30_000;

export interface Checked {
  readonly findings: readonly DoctorFinding[];
  readonly exitStatus: number;
  /** The workspace that an import would go to; undefined where that is not known. */
  readonly workspace: Workspace | undefined;
}

/** @throws the signal's reason */
export async function checkAll(settings: Settings, onEvent: ImportListener, signal: AbortSignal): Promise<Checked> {
  const findings: DoctorFinding[] = [
    { check: 'node', state: 'ok', what: `Node.js ${process.versions.node} on ${process.platform}` },
  ];
  let exitStatus: number = EXIT.ok;
  let workspace: Workspace | undefined;
  try {
    const api = await withKey(settings, signal);
    const { findings: ofKeys, access } = await lookAtKeys(api, onEvent, signal);
    const found = [...ofKeys, ...accessFindings(access, api.bot, api.redis)];
    findings.push(...found);
    if (found.some(({ check, state }) => check === 'scopes' && state === 'bad')) exitStatus = EXIT.refused;
    else if (found.some(({ state }) => state === 'bad')) exitStatus = EXIT.usage;
    const bot = api.bot ?? (access.bots.length === 1 ? access.bots[0] : undefined);
    if (bot !== undefined) workspace = { api: access.apiUrl, bot };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ImporterError)) throw error;
    findings.push({ check: 'key', state: 'bad', what: error.message, next: namingKey(error.next, settings) });
    exitStatus = error.exitStatus;
  }
  const folders = await folderFindings(settings.workDir ?? process.cwd());
  findings.push(...folders);
  findings.push(...(await lockFindings(settings.workDir ?? process.cwd())));
  if (exitStatus === EXIT.ok && folders.some(({ state }) => state === 'bad')) exitStatus = EXIT.usage;
  return { findings, exitStatus, workspace };
}

function accessFindings(access: Access, named: string | undefined, redis: string | undefined): DoctorFinding[] {
  const { apiUrl, mayRead, mayWrite, clockAheadMs } = access;
  const isWhole = mayRead && mayWrite;
  return [
    { check: 'key', state: 'ok', what: `The key is good for ${apiUrl}` },
    {
      check: 'scopes',
      state: isWhole ? 'ok' : mayWrite ? 'warning' : 'bad',
      what: `Scopes: ${mayRead ? 'read' : 'no read'}, ${mayWrite ? 'write' : 'no write'}`,
      next: isWhole
        ? undefined
        : mayWrite
          ? '--live, verify and undo need a key with the scope read.'
          : 'An import needs a key with the scope write.',
    },
    botFinding(access, named),
    ...(redis === undefined
      ? []
      : [{ check: 'limit', state: 'ok', what: 'Redis answers: the limit is shared through it' } as const]),
    {
      check: 'limit',
      state: access.writes === undefined ? 'warning' : 'ok',
      what: `Limit: ${limitInWords(access)}`,
    },
    ...(clockAheadMs === undefined ? [] : [clockFinding(clockAheadMs)]),
  ];
}

function botFinding({ bots, mayRead }: Access, named: string | undefined): DoctorFinding {
  const what = `Bots: ${botsInWords(bots, mayRead)}`;
  if (named !== undefined) {
    return unseenBot({ bots }, named) === undefined
      ? { check: 'bots', state: 'ok', what: `${what}; ${named} is to own the contacts` }
      : {
          check: 'bots',
          state: 'bad',
          what: `The key does not see a bot ${named}`,
          next: `It sees: ${bots.join(', ')}. Name one of them with --bot.`,
        };
  }
  if (bots.length === 1) return { check: 'bots', state: 'ok', what };
  const next = 'Name the bot that is to own the contacts, with --bot ID or CLARKY_BOT_ID.';
  return { check: 'bots', state: 'bad', what, next };
}

function clockFinding(aheadMs: number): DoctorFinding {
  const offMs = Math.abs(aheadMs);
  if (offMs < CLOCK_OFF_MS) return { check: 'clock', state: 'ok', what: "The clock agrees with Clarky's" };
  const what = `The clock is ${formatDuration(offMs / 1000)} ${aheadMs > 0 ? 'ahead of' : 'behind'} Clarky's`;
  return { check: 'clock', state: 'warning', what, next: 'Set it: --deadline goes by it, and so do certificates.' };
}

async function folderFindings(folder: string): Promise<DoctorFinding[]> {
  const state = machineFolder(process.env, process.platform, homeFolder());
  // Whom imports have sent is each user's own, and never in the memory that a machine shares.
  const people = sharedFolder(undefined);
  return [
    await workFolderFinding(folder),
    ...(state === undefined || (await isWritable(state))
      ? []
      : [
          {
            check: 'folder' as const,
            state: 'warning' as const,
            what: `The state folder ${state} can't be written: imports on this machine would not share the limit`,
            next: otherStateFolder(),
          },
        ]),
    ...(people === undefined || dirname(people) === state || (await isWritable(people))
      ? []
      : [
          {
            check: 'folder' as const,
            state: 'warning' as const,
            what: `The folder ${people} can't be written: an import would not know whom those of other files have sent`,
            next: otherStateFolder(),
          },
        ]),
  ];
}

async function workFolderFinding(folder: string): Promise<DoctorFinding> {
  try {
    requireWorkDir({ workDir: folder });
  } catch (error) {
    if (!(error instanceof ImporterError)) throw error;
    return { check: 'folder', state: 'bad', what: error.message, next: error.next };
  }
  if (await isWritable(folder)) return { check: 'folder', state: 'ok', what: `The folder ${folder} can be written` };
  return {
    check: 'folder',
    state: 'bad',
    what: `The folder ${folder} can't be written`,
    next: 'Put the files of a run elsewhere with --work-dir DIR.',
  };
}

/** Imports that are at work on a checkpoint of the folder. */
async function lockFindings(folder: string): Promise<DoctorFinding[]> {
  return (await locksIn(folder)).map(({ of, owner, unseenMs }) => {
    const age = unseenMs === undefined ? '' : `, ${unseenInWords(unseenMs)},`;
    const what = `Process ${owner.pid} on ${printable(owner.host)}${age} is at work on ${printable(of)}`;
    const next = ['Another import on it ends with 6, or waits with --wait 10m.', ...ofUnasked(owner, unseenMs)].join(
      ' ',
    );
    return { check: 'folder', state: 'warning', what, next };
  });
}

/** What is not there yet can be made where its parent can be written. */
async function isWritable(folder: string): Promise<boolean> {
  for (let place = resolve(folder); ;) {
    const isThere = await stat(place).then(
      (entry) => entry.isDirectory(),
      () => undefined,
    );
    if (isThere === false) return false;
    if (isThere === true) {
      return accessTo(place, constants.W_OK).then(
        () => true,
        () => false,
      );
    }
    const parent = dirname(place);
    if (parent === place) return false;
    place = parent;
  }
}
