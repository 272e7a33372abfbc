export { FAULT_KINDS, type FaultKind, type FaultSettings, type OutageSettings } from './faults.js';
export type { LatencyOptions, SandboxOptions } from './options.js';
export type { RateOptions } from './limits/rate-options.js';
export type { Counting, RateRule } from './limits/rate-counter.js';
export { LIKELY_READINGS, READINGS, type Readings } from './readings.js';
export type { LoggedRequest } from './request-log.js';
export type { Sandbox, SandboxContact, SandboxStats } from './running-sandbox.js';
export { startSandbox } from './sandbox.js';
