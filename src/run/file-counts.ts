/** Each row of the file is in exactly one count; a contact of several rows stands with the last of them. */
export interface FileCounts {
  readonly file: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly merged: number;
  readonly rejected: number;
  readonly pending: number;
}
