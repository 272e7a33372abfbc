/** clarky-contacts as a library: the same import, plan and sandbox that the command line is made of. */
export { createClient, type Client, type ClientOptions, type UpsertResult } from './api/client.js';
export type { OpenGate } from './rate/attempt.js';
export { openGate, type OpenGateOptions } from './rate/open-gate.js';
export { EXIT, ImporterError, type ErrorCode } from './errors.js';
export type { Contact, ContactField, CustomValue } from './contact/contact.js';
export type { Problem } from './problem.js';
export { importContacts, type ImportResult } from './run/import/import.js';
export { planContacts, type PlannedColumn, type PlanOptions, type PlanResult } from './run/plan/plan.js';
export { undoImport, type UndoOptions, type UndoPlan, type UndoResult } from './run/undo/undo.js';
export { verifyContacts, type VerifyOptions, type VerifyResult } from './run/verify/verify.js';
export type { Finding } from './run/verify/finding.js';
export { forgetFiles, type ForgetResult } from './run/forget.js';
export { listBots, type Bot } from './run/bots.js';
export { readStatus, type StatusResult } from './run/status.js';
export type { ImportEvent, ImportListener } from './run/events.js';
export type { ApiOptions, ImportOptions, ReadingOptions } from './run/settings.js';
export type { Outcome, Summary } from './run/tally.js';
export { startSandbox, type Sandbox, type SandboxOptions } from './sandbox/index.js';
