/** What each command would be given for a file: the settings of the start, and above them what was chosen on the page. */
import { DEFAULT_API_URL, parseApiUrl } from '../../endpoint.js';
import { ImporterError } from '../../errors.js';
import {
  defaultPaths,
  type ApiOptions,
  type DefaultPaths,
  type ImportOptions,
  type ReadingOptions,
} from '../../run/settings.js';
import type { Settings } from '../../settings/settings.js';
import type { ReadingChoices, SendingChoices, UiState, WireError } from '../wire.js';
import { hostOf } from './sent.js';

export interface KeySource {
  readonly key: string;
  readonly moreKeys?: readonly string[] | undefined;
  readonly rereadKeys?: (() => Promise<readonly string[]>) | undefined;
  readonly from: NonNullable<UiState['key']['from']>;
  /** Where what the processes of this machine share is kept for it, if not where that of all keys is. */
  readonly stateDir?: string | undefined;
}

export interface FileChoices {
  readonly reading: ReadingChoices;
  readonly sending: SendingChoices;
}

/** Unless it is chosen otherwise, the workspace is read first: only then can an import be undone. */
const NOTHING_CHOSEN: FileChoices = { reading: {}, sending: {} };

export class Desk {
  #settings: Settings;
  readonly #choices = new Map<string, FileChoices>();
  /** In memory alone: in no answer and in no file. */
  #key: KeySource | undefined;
  #bot: string | undefined;
  /** By the host that each was given for. */
  readonly #keysOf = new Map<string, KeySource>();
  readonly #addresses = new Set<string>();
  #keys = 0;
  #isKeyGood: boolean | null = null;
  #trouble: WireError | null = null;
  #country: string | undefined;

  constructor(settings: Settings, key: KeySource | undefined) {
    this.#settings = settings;
    this.#key = key;
    this.#noteUse();
  }

  get keyFrom(): UiState['key']['from'] {
    return this.#key?.from ?? null;
  }

  /** How many keys there have been. */
  get keys(): number {
    return this.#keys;
  }

  /** Whether Clarky takes the key; null where nobody has asked it yet, or it could not be asked. */
  get isKeyGood(): boolean | null {
    return this.#isKeyGood;
  }

  /** Why Clarky could not be asked when it was asked last. */
  get trouble(): WireError | null {
    return this.#trouble;
  }

  /** Where Clarky is. */
  get apiUrl(): string {
    return this.#settings.apiUrl ?? DEFAULT_API_URL;
  }

  /**
   * Takes another address of Clarky, for as long as the server lives. The key goes along on the same host alone: another one is
   * never shown a key that was not typed for it, and has the one that was again.
   * @throws ImporterError `usage` where it is no address that a key may be sent to
   */
  useAddress(text: string): void {
    const { base, host } = parseApiUrl(text);
    this.#settings = { ...this.#settings, apiUrl: base };
    this.#takeKey(this.#keysOf.get(host));
  }

  /** Takes a key that somebody typed, for as long as the server lives. */
  useKey(key: string): void {
    this.#takeKey({ key, from: 'typed' });
  }

  /** Clarky was asked with the key that was the `nth`. */
  keyWasTried(nth: number, isGood: boolean | null, trouble: WireError | null = null): void {
    if (nth !== this.#keys) return;
    this.#isKeyGood = isGood;
    this.#trouble = trouble;
  }

  /** True where a key is the text: what is sent to the page is looked at with it. */
  isKey(text: string): boolean {
    return [...this.#keysOf.values()].some(({ key }) => key === text);
  }

  /** The bot that gets the contacts; null where none was named. */
  get bot(): string | null {
    return this.#bot ?? this.#settings.bot ?? null;
  }

  useBot(bot: string): void {
    this.#bot = bot;
  }

  /** How Clarky is asked. @throws ImporterError `no_key` */
  access(): ApiOptions {
    if (this.#key === undefined) {
      throw new ImporterError('no_key', 'There is no API key yet.', { next: 'Type it at the top of the page.' });
    }
    const { from: _from, ...key } = this.#key;
    // Somebody looks on: a server that was never there is told of soon.
    return { attended: true, ...this.#settings, ...key, ...(this.#bot !== undefined && { bot: this.#bot }) };
  }

  #takeKey(key: KeySource | undefined): void {
    // Another key, or another Clarky, may have other bots.
    this.#bot = undefined;
    this.#keys += 1;
    this.#isKeyGood = null;
    this.#trouble = null;
    this.#key = key;
    this.#noteUse();
  }

  #noteUse(): void {
    this.#addresses.add(this.apiUrl);
    if (this.#key !== undefined) this.#keysOf.set(hostOf(this.apiUrl), this.#key);
  }

  /** The addresses that were used so far, the one of now among them. */
  get addresses(): readonly string[] {
    return [...this.#addresses];
  }

  /** The rate that was asked for. */
  get rate(): Settings['rate'] {
    return this.#settings.rate;
  }

  /** The keys that an import would use; nothing where there are none. */
  keysOfImport(): Partial<Pick<ApiOptions, 'key' | 'moreKeys' | 'stateDir'>> {
    if (this.#key === undefined) return {};
    const { key, moreKeys, stateDir } = this.#key;
    return { key, moreKeys, stateDir };
  }

  choicesOf(path: string): FileChoices {
    return this.#choices.get(path) ?? NOTHING_CHOSEN;
  }

  /** The country that was chosen last, for whichever file. */
  get lastCountry(): string | undefined {
    return this.#country;
  }

  choose(path: string, choices: Partial<FileChoices>): void {
    this.#country = choices.reading?.country ?? this.#country;
    const before = this.choicesOf(path);
    this.#choices.set(path, {
      reading: { ...before.reading, ...choices.reading },
      sending: { ...before.sending, ...choices.sending },
    });
  }

  /** How a file is read. */
  reading(path: string): ReadingOptions & Pick<Settings, 'resend' | 'retryRejected' | 'apiUrl'> {
    const { reading, sending } = this.choicesOf(path);
    const { live: _live, ...chosen } = sending;
    const bot = this.#bot === undefined ? {} : { bot: this.#bot };
    return { ...this.#settings, apiUrl: this.apiUrl, ...bot, ...given(reading), ...chosen, file: path, ownLines: true };
  }

  /** Where what belongs to a file is kept. */
  pathsOf(path: string): DefaultPaths {
    return defaultPaths(path, this.reading(path));
  }

  /** How it is sent. @throws ImporterError `no_key` */
  sending(path: string): ImportOptions {
    const live = this.choicesOf(path).sending.live ?? this.#settings.live ?? true;
    return { ...this.access(), ...this.reading(path), live };
  }
}

/** What was chosen as an option; null takes a choice back. */
function given(choices: ReadingChoices): Partial<ReadingOptions> {
  const said = Object.entries(choices).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(said);
}
