/** Where what is known of the workspace is kept: beside the checkpoint, for its owner alone. */
export interface WorkspaceFiles {
  /** The contacts of the workspace as last read. */
  readonly snapshot: string;
  /** What the newest live import changed. */
  readonly journal: string;
}

const CHECKPOINT_ENDING = '.checkpoint.jsonl';

/** The files that belong to the checkpoint at this path: `FILE.workspace.jsonl`, `FILE.undo.jsonl`. */
export function workspaceFilesOf(checkpointPath: string): WorkspaceFiles {
  const base = checkpointPath.endsWith(CHECKPOINT_ENDING)
    ? checkpointPath.slice(0, -CHECKPOINT_ENDING.length)
    : checkpointPath;
  return { snapshot: `${base}.workspace.jsonl`, journal: `${base}.undo.jsonl` };
}
