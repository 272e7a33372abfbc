/** clarky-contacts as a library: the same import, plan and sandbox that the command line is made of. */
export type { Client, UpsertResult } from './api/calls.js';
export { createClient, type ClientOptions } from './api/client.js';
export type { OpenGate } from './rate/budget.js';
export { openGate, type OpenGateOptions } from './rate/open-gate.js';
export { EXIT, ImporterError, type ErrorCode } from './errors.js';
export type { Contact, ContactField, CustomValue } from './contact/contact.js';
export type { Problem } from './problem.js';
export { importContacts, type FileOptions, type ImportResult } from './run/import/import.js';
export type { MapRow, Row, Rows, RowsOptions } from './run/import/rows.js';
export { planContacts, type PlanOptions, type PlanResult } from './run/plan/plan.js';
export type { PlannedColumn } from './run/plan/planned-columns.js';
export { undoImport, type UndoOptions, type UndoPlan } from './run/undo/undo.js';
export type { UndoResult } from './run/undo/undo-result.js';
export { verifyContacts, type VerifyOptions } from './run/verify/verify.js';
export type { VerifyResult } from './run/verify/verify-result.js';
export type { Finding } from './run/verify/finding.js';
export { forgetFiles, type ForgetResult } from './run/forget.js';
export { listBots, type Bot } from './run/bots.js';
export { readStatus, type StatusResult } from './run/status.js';
export type { ImportEvent, ImportListener } from './run/events.js';
export type { ApiOptions, ImportOptions, ReadingOptions } from './run/settings.js';
export type { Outcome, Summary } from './run/tally.js';
export {
  startSandbox,
  type Counting,
  type FaultKind,
  type FaultSettings,
  type LatencyOptions,
  type LoggedRequest,
  type OutageSettings,
  type RateOptions,
  type RateRule,
  type Readings,
  type Sandbox,
  type SandboxContact,
  type SandboxOptions,
  type SandboxStats,
} from './sandbox/index.js';
