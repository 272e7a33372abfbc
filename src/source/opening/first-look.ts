/** What a file is, by its first bytes and never by its name: a table in some form, or something else that is named. */
import type { FileForm } from './form.js';
import { strangerByBytes, strangerByText, type Stranger } from './strangers.js';

/** What the first bytes say. */
export type FirstLook =
  | { readonly kind: 'form'; readonly form: FileForm }
  /** What it holds must be looked at. */
  | { readonly kind: 'gzip' }
  | { readonly kind: 'zip' }
  | { readonly kind: 'ole' }
  | { readonly kind: 'stranger'; readonly stranger: Stranger };

/** Bytes that tell what a file is; XML and HTML put their meaning behind long declarations. */
export const LOOK_BYTES = 8192;

const startsWith = (head: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => head[index] === byte);

/** The head as text, near enough to know words of ASCII in it. */
export function headText(head: Buffer): string {
  if (startsWith(head, 0xff, 0xfe)) return head.subarray(2, head.length - (head.length % 2)).toString('utf16le');
  if (startsWith(head, 0xfe, 0xff)) {
    return Buffer.from(head.subarray(2, head.length - (head.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  if (head[1] === 0 && head[0] !== 0) return head.subarray(0, head.length - (head.length % 2)).toString('utf16le');
  return head.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf)+/, '');
}

function formByText(text: string): FileForm | undefined {
  const start = text.trimStart();
  if (/^BEGIN:VCARD/i.test(start)) return 'vcard';
  if (/^\[\s*(?:\{|\]\s*$|\[|"(?:[^"\\]|\\.)*"\s*[,\]])|^\{\s*(?:"|\}\s*$)/.test(start)) return 'json';
  if (start.startsWith('<')) {
    if (
      /urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/i.test(start) &&
      !/<html[\s>]/i.test(start)
    ) {
      return 'excel-xml';
    }
    if (/<office:document\s/.test(start) && start.includes('opendocument.spreadsheet')) return 'flat-ods';
    if (
      /^<(?:!doctype\s+html|html|head|body|meta|style|table|div|title|center|font|!--)[\s>-]|<table[\s>]/i.test(start)
    ) {
      return 'html';
    }
  }
  return undefined;
}

/** What a file is, as far as its first bytes tell. */
export function lookAt(head: Buffer): FirstLook {
  if (startsWith(head, 0x1f, 0x8b)) return { kind: 'gzip' };
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return { kind: 'ole' };
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06)) return { kind: 'zip' };
  // Excel 2 to 4 wrote their records without a container: a BOF record of one of these lengths.
  if (startsWith(head, 0x09, 0x00, 0x04, 0x00) || startsWith(head, 0x09, 0x02, 0x06, 0x00)) {
    return { kind: 'form', form: 'whole-workbook' };
  }
  if (startsWith(head, 0x09, 0x04, 0x06, 0x00) || startsWith(head, 0x09, 0x08, 0x08, 0x00, 0x00, 0x05)) {
    return { kind: 'form', form: 'whole-workbook' };
  }
  const byBytes = strangerByBytes(head);
  if (byBytes !== undefined) return { kind: 'stranger', stranger: byBytes };
  const text = headText(head);
  const form = formByText(text);
  const byText = strangerByText(text, form);
  if (byText !== undefined) return { kind: 'stranger', stranger: byText };
  return { kind: 'form', form: form ?? 'text' };
}
