/** What the routes work on. */
import type { Desk } from './files/desk.js';
import type { Downloads } from './access/downloads.js';
import type { Dropped } from './files/dropped.js';
import type { Folder } from './files/folder.js';
import type { Jobs } from './jobs/jobs.js';
import type { Plans } from './jobs/plans.js';
import type { RejectedRows } from './jobs/rejected-rows.js';
import type { Turns } from './files/turns.js';
import type { Readers } from './readers.js';
import type { Session } from './access/session.js';
import type { Asset } from './access/assets.js';
import type { UiState } from './wire.js';

export interface UiContext {
  readonly session: Session;
  readonly folder: Folder;
  readonly dropped: Dropped;
  readonly desk: Desk;
  readonly plans: Plans;
  readonly rejected: RejectedRows;
  readonly turns: Turns;
  readonly jobs: Jobs;
  readonly downloads: Downloads;
  readonly readers: Readers;
  readonly assets: ReadonlyMap<string, Asset>;
  /** Everything that the page shows without asking. */
  readonly state: () => Promise<UiState>;
  readonly quit: () => void;
}
