/** One thing that `doctor` has looked at. */
export interface DoctorFinding {
  readonly check: 'node' | 'key' | 'scopes' | 'bots' | 'clock' | 'limit' | 'folder' | 'probe';
  /** `open`: it was not looked at. */
  readonly state: 'ok' | 'warning' | 'bad' | 'open';
  readonly what: string;
  readonly next?: string | undefined;
}
