/** What a run tells, as the page shows it: counts, pace, the rolling window, and the sentence of the moment. */
import type { ImportEvent } from '../../run/events.js';
import { timelineAfter } from '../../run/outputs/telling/timeline-after.js';
import { RunState } from '../../run/run-state.js';
import type { Timeline, TimelineData } from '../../report/timeline.js';
import { counted, formatCount } from '../../wording/durations.js';
import { sendingInWords, takingBackInWords } from '../../wording/results.js';
import { limitChanged, limitOf, nextOutOf, waitInWords } from './wait-words.js';
import type { Counts, JobKind, JobView, UndoPlanView, WireError } from '../wire.js';

const LATEST = 8;

type Open = { -readonly [Key in Exclude<keyof JobView, 'toldMs'>]: JobView[Key] };

const WORD: Readonly<Record<JobKind, string>> = {
  plan: 'Planning',
  import: 'Reading the file',
  verify: 'Comparing the file with Clarky',
  undo: 'Looking at what was imported',
};

/** What was stopped on purpose before it had anything to tell. */
const BEFORE: Readonly<Record<JobKind, string>> = {
  plan: 'Stopped.',
  import: 'Stopped before the first contact was sent.',
  verify: 'Stopped before the end: send nothing by it, and verify again.',
  undo: 'Stopped before anything was taken back.',
};

/** What to do where it was stopped before anything of it was sent. */
const TO_BEGIN = 'Send it again when you want to begin.';

export class JobProgress {
  readonly #view: Open;
  readonly #now: () => number;
  readonly #wallNow: () => number;
  readonly #startedMs: number;
  readonly #onChange: () => void;
  readonly #state: RunState;
  #timeline: Timeline | undefined;

  /** @param isRaised whether a limit that is announced higher is taken up */
  constructor(
    file: string,
    kind: JobKind,
    onChange: () => void,
    {
      timeline = null,
      isRaised = false,
      now = () => performance.now(),
      wallNow = Date.now,
    }: {
      readonly timeline?: TimelineData | null;
      readonly isRaised?: boolean;
      readonly now?: () => number;
      readonly wallNow?: () => number;
    } = {},
  ) {
    this.#state = new RunState('', isRaised);
    this.#now = now;
    this.#wallNow = wallNow;
    this.#startedMs = now();
    this.#onChange = onChange;
    this.#view = {
      file,
      kind,
      sheet: null,
      phase: 'reading',
      endedAt: null,
      sentence: `${WORD[kind]}…`,
      stopping: false,
      counts: null,
      limit: null,
      limitSaid: null,
      inWindow: 0,
      perMinute: null,
      secondsLeft: null,
      nextOut: null,
      waitsForEarlier: false,
      timeline,
      latest: [],
      workspace: null,
      error: null,
      undoPlan: null,
      undoing: null,
      reasons: [],
      found: null,
      leftOut: [],
      warnings: [],
      mood: null,
    };
  }

  get isOver(): boolean {
    return this.#view.phase === 'ended' || this.#view.phase === 'failed';
  }

  view(): JobView {
    const toldMs = this.#now();
    const atMs = toldMs - this.#startedMs;
    const wallMs = this.#wallNow();
    const secondsLeft = this.#state.secondsLeft(wallMs);
    // Told of now, and not when it was last told of: a window may pass between two writes.
    const counts = this.isOver ? this.#view.counts : (this.#state.counts ?? this.#view.counts);
    return {
      ...this.#view,
      toldMs,
      counts: counts && { ...counts },
      sentence: `${this.#sentence(counts, secondsLeft)}${this.isOver ? '' : waitInWords(this.#state, wallMs)}`,
      nextOut: this.isOver ? null : nextOutOf(this.#state.waits, wallMs),
      undoing: this.undoing,
      perMinute: this.#state.perMinute(wallMs) ?? null,
      secondsLeft: secondsLeft ?? null,
      waitsForEarlier: !this.isOver && this.#state.waitsForEarlier(wallMs),
      inWindow: this.isOver ? 0 : (this.#timeline?.inWindow(atMs) ?? 0),
      timeline: this.isOver ? this.#view.timeline : (this.#timeline?.data(atMs) ?? this.#view.timeline),
    };
  }

  /** How far an undo is that was agreed to; null before that, and of anything else. */
  get undoing(): JobView['undoing'] {
    const { done, total } = this.#state;
    const isUnderWay = this.#view.kind === 'undo' && this.#view.phase === 'sending';
    return isUnderWay && done !== undefined && total !== undefined ? { done, of: total } : null;
  }

  #sentence(counts: Counts | null, secondsLeft: number | undefined): string {
    const { phase, kind, stopping, sentence } = this.#view;
    const { undoing } = this;
    if (phase !== 'sending' || stopping) return sentence;
    if (undoing !== null) return takingBackInWords(undoing.done, undoing.of, secondsLeft);
    if (kind !== 'import' || counts === null) return sentence;
    return sendingInWords(counts.rows - counts.pending, counts.rows, secondsLeft);
  }

  readonly listener = (event: ImportEvent): void => {
    this.#observe(event);
    this.#onChange();
  };

  /** Tells which sheet of a workbook it is of. */
  isOf(sheet: string | undefined): void {
    this.#view.sheet = sheet ?? null;
  }

  checked(checked: number, total: number): void {
    this.#say('workspace', `Comparing: ${ofAll(checked, total)} ${total === 1 ? 'is' : 'are'} done.`);
  }

  asks(plan: UndoPlanView): void {
    this.#view.undoPlan = plan;
    this.#say('asking', `${counted(plan.contacts, 'contact')} would be taken back. Nothing has been done yet.`);
  }

  answered(contacts: number): void {
    this.#view.undoPlan = null;
    this.#state.enterWriting('', contacts, this.#wallNow());
    this.#say('sending', 'Taking the import back…');
  }

  stopping(): void {
    this.#view.stopping = true;
    this.#view.undoPlan = null;
    this.#say(this.#view.phase, 'Stopping: what is under way is let finish…');
  }

  /** Why an import rejected rows, and left values out; what it warned of. */
  because(told: Partial<Pick<JobView, 'reasons' | 'leftOut' | 'warnings'>>): void {
    Object.assign(this.#view, told);
  }

  /** What a verify found. */
  found(found: NonNullable<JobView['found']>): void {
    this.#view.found = found;
  }

  ended(sentence: string, mood: NonNullable<JobView['mood']>, counts: Counts | null, error: WireError | null): void {
    this.#view.mood = mood;
    this.#view.timeline = this.#timeline?.data(this.#now() - this.#startedMs) ?? this.#view.timeline;
    this.#view.counts = counts ?? this.#view.counts;
    this.#view.error = error;
    this.#close('ended', sentence);
  }

  failed(told: WireError): void {
    const isAsked = told.code === 'interrupted';
    this.#view.error = isAsked && this.#view.kind === 'import' ? { ...told, next: TO_BEGIN } : told;
    this.#view.mood = isAsked ? 'mixed' : 'stopped';
    this.#close('failed', isAsked ? BEFORE[this.#view.kind] : `Stopped: ${told.message}`);
  }

  /** Nothing is waited for and nothing is asked any more. */
  #close(phase: 'ended' | 'failed', sentence: string): void {
    this.#view.undoPlan = null;
    this.#view.endedAt = new Date(this.#wallNow()).toISOString();
    this.#say(phase, sentence);
  }

  #observe(event: ImportEvent): void {
    this.#state.take(event, this.#wallNow());
    this.#timeline = timelineAfter(this.#timeline, event, this.#now() - this.#startedMs);
    switch (event.type) {
      case 'started':
        this.#view.limit = limitOf(event.limit);
        this.#counted(event.counts);
        break;
      case 'progress':
        this.#counted(event.counts);
        break;
      case 'contact':
        this.#tellLatest(event.records.at(-1)?.line ?? 0, event.outcome);
        break;
      case 'undone':
        this.#tellLatest(event.line, event.outcome);
        break;
      case 'locked':
      case 'asking':
        if (!this.#view.stopping) this.#say(this.#view.phase, `${this.#state.phase}…`);
        break;
      case 'workspace':
        this.#view.workspace = { known: event.known, total: event.total ?? null };
        if (this.#view.phase !== 'sending')
          this.#say('workspace', `Reading Clarky's contacts: ${ofAll(event.known, event.total)}.`);
        break;
      case 'limit':
        Object.assign(this.#view, limitChanged(event));
        break;
      default:
    }
  }

  #tellLatest(line: number, outcome: string): void {
    this.#view.latest = [{ line, outcome }, ...this.#view.latest.slice(0, LATEST - 1)];
  }

  #counted(counts: Counts): void {
    this.#view.counts = counts;
    if (!this.#view.stopping) this.#view.phase = 'sending';
  }

  #say(phase: JobView['phase'], sentence: string): void {
    this.#view.phase = phase;
    this.#view.sentence = sentence;
    this.#onChange();
  }
}

function ofAll(known: number, total: number | undefined): string {
  return total === undefined ? counted(known, 'contact') : `${formatCount(known)} of ${counted(total, 'contact')}`;
}
