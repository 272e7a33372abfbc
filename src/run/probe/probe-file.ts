/**
 * What probing found, kept for the imports of this user on this machine: one file for each workspace, in the state folder.
 * It also holds which throw-away contact may not be deleted yet, written before that is made.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { parseObject } from '../../storage/json-lines.js';
import { readOurText } from '../../storage/private-file.js';
import { replaceFile } from '../../storage/replacement.js';
import { makeFolder, sharedFolder } from '../../storage/state-folder.js';
import { readProbed, type Probed } from './probed.js';

export interface Workspace {
  readonly api: string;
  readonly bot: string;
}

export interface KeptProbe {
  readonly probed: Probed | undefined;
  /** A throw-away contact that may still be there. */
  readonly open: OpenProbe | undefined;
}

export interface OpenProbe {
  readonly token: string;
  /** The ids that Clarky gave it, so far as was answered. */
  readonly ids: readonly string[];
}

const NOTHING: KeptProbe = { probed: undefined, open: undefined };
const TOKEN = /^[0-9a-f]{16}$/;

/** Where it is kept; undefined where nothing is to be kept. */
function probeFileOf({ api, bot }: Workspace, stateDir: string | false | undefined): string | undefined {
  const folder = sharedFolder(stateDir);
  const name = createHash('sha256').update(`${api}\n${bot}`).digest('hex').slice(0, 24);
  return folder === undefined ? undefined : join(folder, `probe-${name}.json`);
}

/** What is kept; a file that can't be read, or is another user's, says nothing. */
export async function readProbeFile(workspace: Workspace, stateDir: string | false | undefined): Promise<KeptProbe> {
  const path = probeFileOf(workspace, stateDir);
  if (path === undefined) return NOTHING;
  try {
    const text = await readOurText(path);
    if (text === undefined) return NOTHING;
    const { probed, open } = parseObject(text) ?? {};
    const known = readProbed(probed);
    const isOfThis = known?.api === workspace.api && known.bot === workspace.bot;
    return {
      probed: isOfThis ? known : undefined,
      open: openProbeOf(open),
    };
  } catch {
    return NOTHING;
  }
}

function openProbeOf(value: unknown): OpenProbe | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { token, ids } = value as Readonly<Record<string, unknown>>;
  if (typeof token !== 'string' || !TOKEN.test(token) || !Array.isArray(ids)) return undefined;
  return { token, ids: ids.filter((id) => typeof id === 'string') };
}

/** @throws ImporterError `not_writable`, or the system's error for a folder that can't be made */
export async function keepProbe(
  workspace: Workspace,
  stateDir: string | false | undefined,
  kept: KeptProbe,
): Promise<void> {
  const path = probeFileOf(workspace, stateDir);
  if (path === undefined) return;
  makeFolder(dirname(path));
  await replaceFile(path, `${JSON.stringify({ format: 'clarky-contacts probe', ...kept })}\n`);
}
