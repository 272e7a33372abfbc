/** XML parts of a workbook through saxes, by local names: producers differ in their prefixes. */
import { SaxesParser } from 'saxes';
import { ImporterError } from '../../errors.js';

export interface XmlHandlers {
  /** An element starts; names come without their prefixes. */
  open?(name: string, attributes: Readonly<Record<string, string | undefined>>): void;
  /** Text directly inside an element. */
  text?(piece: string, inside: string): void;
  close?(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Feeds XML piece by piece; `write` calls the handlers for what is complete. */
export function xmlFeed(displayName: string, handlers: XmlHandlers): { write(bytes: Buffer): void; end(): void } {
  const parser = new SaxesParser({});
  const decoder = new TextDecoder('utf-8');
  const path: string[] = [];
  parser.on('error', (error) => {
    throw new ImporterError('file_unreadable', `${displayName} is damaged: its XML can't be read.`, {
      next: 'Open it in a spreadsheet and save it again, or save the sheet as "CSV UTF-8".',
      cause: error,
    });
  });
  parser.on('opentag', ({ name, attributes }) => {
    const local = localName(name);
    path.push(local);
    if (handlers.open === undefined) return;
    const plain: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
    for (const [key, value] of Object.entries(attributes)) plain[localName(key)] = value;
    handlers.open(local, plain);
  });
  parser.on('text', (piece) => handlers.text?.(piece, path.at(-1) ?? ''));
  parser.on('cdata', (piece) => handlers.text?.(piece, path.at(-1) ?? ''));
  parser.on('closetag', ({ name }) => {
    path.pop();
    handlers.close?.(localName(name));
  });
  return {
    write: (bytes) => void parser.write(decoder.decode(bytes, { stream: true })),
    end: () => void parser.write(decoder.decode()).close(),
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
