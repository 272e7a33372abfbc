/** XML parts of a workbook through saxes, by local names: producers differ in their prefixes. Bounded in every direction. */
import { SaxesParser } from 'saxes';
import { ImporterError } from '../../errors.js';

export interface XmlHandlers {
  /** An element starts; names come without their prefixes. */
  open?(name: string, attributes: Readonly<Record<string, string | undefined>>): void;
  /** Text directly inside an element. */
  text?(piece: string, inside: string): void;
  close?(name: string): void;
}

/** Elements inside one another; a workbook needs about ten. */
const MAX_DEPTH = 128;
/** Bytes of one text, tag or comment; a cell of Excel holds 32,767 characters. */
const MAX_TOKEN_BYTES = 4 * 1024 * 1024;
/** Of one element; the most that a spreadsheet writes are some forty, which name the vocabularies of OpenDocument. */
const MAX_ATTRIBUTES = 256;
/** Elements inside a text: each of its 32,767 characters may look otherwise. */
export const MAX_TEXT_ELEMENTS = 2 ** 19;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function damaged(displayName: string, cause: unknown): ImporterError {
  return new ImporterError('file_unreadable', `${displayName} is damaged: its XML can't be read.`, {
    next: 'Open it in a spreadsheet and save it again, or save the sheet as "CSV UTF-8".',
    cause,
  });
}

/** A workbook that is not damaged, but like none that a spreadsheet writes. */
export function outOfBounds(displayName: string, what: string): ImporterError {
  return new ImporterError('file_unreadable', `${displayName} holds ${what}: no workbook of contacts does.`, {
    next: 'Open it in a spreadsheet and save the sheet as "CSV UTF-8".',
  });
}

/** Feeds XML piece by piece; `write` calls the handlers for what is complete. */
export function xmlFeed(displayName: string, handlers: XmlHandlers): { write(bytes: Buffer): void; end(): void } {
  const parser = new SaxesParser({});
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw damaged(displayName, error);
    }
  };
  const path: string[] = [];
  let bytesSinceToken = 0;
  let attributesOfTag = 0;
  const token = (): void => {
    bytesSinceToken = 0;
  };
  parser.on('error', (error) => {
    throw damaged(displayName, error);
  });
  parser.on('attribute', () => {
    attributesOfTag += 1;
    if (attributesOfTag > MAX_ATTRIBUTES) {
      throw outOfBounds(displayName, `an element of more than ${MAX_ATTRIBUTES} attributes`);
    }
  });
  parser.on('opentag', ({ name, attributes }) => {
    token();
    attributesOfTag = 0;
    const local = localName(name);
    if (path.push(local) > MAX_DEPTH) throw outOfBounds(displayName, `elements more than ${MAX_DEPTH} deep`);
    if (handlers.open === undefined) return;
    const plain: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
    for (const [key, value] of Object.entries(attributes)) plain[localName(key)] = value;
    handlers.open(local, plain);
  });
  const text = (piece: string): void => {
    token();
    handlers.text?.(piece, path.at(-1) ?? '');
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', token);
  parser.on('processinginstruction', token);
  parser.on('closetag', ({ name }) => {
    token();
    path.pop();
    handlers.close?.(localName(name));
  });
  return {
    write: (bytes) => {
      bytesSinceToken += bytes.length;
      parser.write(decode(bytes));
      if (bytesSinceToken > MAX_TOKEN_BYTES) {
        throw outOfBounds(displayName, `a text or tag of more than ${MAX_TOKEN_BYTES / 2 ** 20} MiB`);
      }
    },
    end: () => void parser.write(decode()).close(),
  };
}

/** Reads a whole part. @throws ImporterError `file_unreadable` */
export async function parseXml(
  chunks: AsyncIterable<Buffer>,
  displayName: string,
  handlers: XmlHandlers,
): Promise<void> {
  const feed = xmlFeed(displayName, handlers);
  for await (const chunk of chunks) feed.write(chunk);
  feed.end();
}
