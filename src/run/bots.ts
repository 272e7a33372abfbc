import { Connection } from './connection/connection.js';
import { callListener } from './connection/listeners.js';
import { Listeners } from './outputs/listeners.js';
import { checkOptions } from '../settings/call-options.js';
import { stoppable } from './stop.js';
import { shortened } from '../wording/printable.js';
import type { GivenApi, Heard } from './settings.js';

/** Ids are bounded where an answer is read; of what a person called a pipeline the beginning tells enough. */
const LONGEST_NAME = 128;

/** A bot, which owns contacts. */
export interface Bot {
  /** What `bot` takes. */
  readonly id: string;
  /** Names of its pipelines, the default one first. */
  readonly pipelines: readonly string[];
}

/** Whose bots are asked for. */
export interface BotsOptions extends GivenApi, Heard {
  /** Stops the call. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bots that a key can see: those of its pipelines, the documented way to find one (Clarky API).
 * @throws ImporterError `unauthorized`, `forbidden` (the key may not read), `unreachable`…
 */
export function listBots(options: BotsOptions): Promise<Bot[]> {
  return stoppable('The list of bots', listed)(options);
}

async function listed(options: BotsOptions): Promise<Bot[]> {
  const { onEvent, signal, ...api } = checkOptions(options, Date.now(), ['key']);
  signal?.throwIfAborted();
  const { emit } = new Listeners(onEvent);
  const connection = await Connection.open({ ...api, signal, onCall: callListener(emit) });
  try {
    const byBot = new Map<string, { name: string; isDefault: boolean }[]>();
    for await (const pipeline of connection.client.pipelines({ signal })) {
      const name = shortened(typeof pipeline.name === 'string' ? pipeline.name : pipeline.id, LONGEST_NAME);
      const pipelines = byBot.get(pipeline.bot_id) ?? [];
      byBot.set(pipeline.bot_id, [...pipelines, { name, isDefault: pipeline.is_default === true }]);
    }
    return [...byBot].map(([id, pipelines]) => ({
      id,
      pipelines: pipelines.sort((a, b) => Number(b.isDefault) - Number(a.isDefault)).map(({ name }) => name),
    }));
  } finally {
    await connection.close();
  }
}
