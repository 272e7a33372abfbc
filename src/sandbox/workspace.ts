import { randomBytes } from 'node:crypto';
import type { WirePipeline, WireStage } from './wire.js';

export const WORKSPACE_ID = 'ws_sandbox';
export const FOREIGN_WORKSPACE_ID = 'ws_other';
const STAGE_NAMES = ['Lead', 'Qualified', 'Proposal', 'Won', 'Lost'];
const PIPELINE_NAMES = ['Sales', 'Renewals'];

/**
 * A key's kind, which is also how the log names it: the log never holds a key. Further full keys of the workspace are
 * `full-2` and so on; a foreign one is of another workspace.
 */
export type KeyKind = 'full' | `full-${number}` | 'foreign' | 'read-only' | 'write-only';

/** The bots of the workspace, with the pipelines and stages that each brings along. */
export interface Workspace {
  botIds: readonly string[];
  pipelines: readonly WirePipeline[];
  stages: readonly WireStage[];
}

/** Builds the workspace; the same bots always have the same pipelines and stages. */
export function buildWorkspace(bots: number | readonly string[]): Workspace {
  const botIds =
    typeof bots === 'number' ? Array.from({ length: bots }, (_, index) => `bot_sandbox_${String(index + 1)}`) : bots;
  const pipelines = botIds.flatMap((botId) =>
    PIPELINE_NAMES.map((name, index) => ({
      id: `pipeline_${botId}_${name.toLowerCase()}`,
      bot_id: botId,
      name,
      is_default: index === 0,
    })),
  );
  const stages = pipelines.flatMap((pipeline) =>
    STAGE_NAMES.map((name, index) => ({
      id: `${pipeline.id.replace('pipeline', 'stage')}_${name.toLowerCase()}`,
      pipeline_id: pipeline.id,
      name,
      order_index: index,
    })),
  );
  return { botIds, pipelines, stages };
}

/** A key that looks like Clarky's: `ck_live_` and 30 random characters. */
export function makeKey(): string {
  return `ck_live_${randomBytes(15).toString('hex')}`;
}

/** The key in an Authorization header: the word Bearer, one space, the key, and nothing else. */
export function bearerKey(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/u.exec(header ?? '')?.[1];
}

/** Whether a key of this kind may make this kind of call. */
export function mayCall(key: KeyKind, call: 'read' | 'write'): boolean {
  return key.endsWith('-only') ? key === `${call}-only` : true;
}
