/** clarky-contacts as a library: the same import, plan and sandbox that the command line is made of. */
export type { Access, CallOptions, Client, UpsertOptions, UpsertResult, WriteOptions } from './api/calls.js';
export { createClient, type ClientOptions } from './library/create-client.js';
export type { Attempt, OpenGate, Rate, RateHeaders, RunOptions } from './rate/rate.js';
export { openGate, type GateOptions as OpenGateOptions } from './library/open-gate.js';
export { EXIT, ImporterError, type ErrorCode } from './errors.js';
export type { Contact, ContactField, CustomValue } from './contact/contact.js';
export type { Problem } from './problem.js';
export {
  forgetFiles,
  importContacts,
  listBots,
  readStatus,
  undoImport,
  type UndoOptions,
  verifyContacts,
} from './library/calls.js';
export type { OfFiles } from './library/files.js';
export { planContacts, type PlannedImport as PlanResult, type PlanOptions } from './library/plan-contacts.js';
export type { FileOptions, ImportResult } from './run/import/import.js';
export type { MapRow, Row, RowObject, RowOf, Rows } from './run/import/rows/row-types.js';
export type { RowsOptions } from './run/import/rows/rows.js';
export type { PlannedChange } from './run/plan/plan.js';
export type { UnclearName } from './run/plan/unclear-names.js';
export type { NameDoubt } from './plan/different.js';
export type { PlannedColumn } from './run/plan/planned-columns.js';
export type { UndoOptions as FileUndoOptions } from './run/undo/undo.js';
export type { UndoPlan } from './run/undo/undo-plan.js';
export type { UndoResult } from './run/undo/undo-result.js';
export type { GivenVerify as VerifyOptions } from './run/verify/verify-options.js';
export type { VerifiedFile, VerifyResult } from './run/verify/verify-result.js';
export type { Finding } from './run/verify/finding.js';
export type { ForgetResult, ForgetOptions } from './run/forget.js';
export type { Bot, BotsOptions } from './run/bots.js';
export type { KeptSettings, StatusOptions, StatusResult, ScopeStatus, SheetStatus } from './run/status.js';
export type { ImportEvent, ImportListener, LeftBecause, UndoCounts } from './run/events.js';
export type {
  GivenApi as ApiOptions,
  GivenImport as ImportOptions,
  GivenReading as ReadingOptions,
  Heard,
  StateOptions,
} from './run/settings.js';
export type { Counts, FileCounts, Outcome, Summary, Warned } from './run/tally.js';
export { startSandbox, type OrUndefined, type SandboxStart as SandboxOptions } from './library/start-sandbox.js';
export type {
  Counting,
  FaultKind,
  FaultSettings,
  LatencyOptions,
  LoggedRequest,
  OutageSettings,
  RateOptions,
  RateRule,
  Readings,
  Sandbox,
  SandboxContact,
  SandboxStats,
} from './sandbox/index.js';

// What the types above refer to, so that it can be named and is documented.
export type { ClientEvent } from './api/client-event.js';
export type { ListedPage } from './api/pages.js';
export type { ProxySettings } from './proxy.js';
export type { Call, Timeouts } from './api/transport.js';
export type { ContactFilters, Page, Pagination, WireContact, WirePipeline, WireStage } from './api/wire.js';
export type { RunRecord } from './checkpoint/run-history.js';
export type { Remark } from './plan/left-out.js';
export type { PacedReason, RateEvent } from './rate/telling/rate-event.js';
export type { Foreseen } from './run/plan/forecast-count.js';
export type { UnfitCorrection } from './run/reading/corrections/placement.js';
export type { ProblemExample, ProblemKind } from './run/reading/problem-digest.js';
export type { LeftContact } from './run/undo/left.js';
export type { WriteRate } from './settings/times.js';
export type { LeftOutValue } from './plan/left-out-values.js';
export type { CountryOfFile } from './run/reading/likely-countries.js';
export type { RunCounts, RunMark, SheetOf, UndoRecord } from './checkpoint/run-history.js';
export type { Scope } from './checkpoint/format.js';
export type { ColumnEntry, ColumnFields, Written, WrittenAsText } from './settings/settings.js';
export type { Dialect } from './source/dialect.js';
export type { EncodingCertainty } from './source/encoding/encoding.js';
export type { LostLetters, SourceRecord } from './source/record.js';
export type { FileWarning } from './source/row-file.js';

export type { Difference, FieldName } from './workspace/compare.js';
export type { LeftReason } from './workspace/set-back.js';
