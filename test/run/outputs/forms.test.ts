import { describe, expect, it } from 'vitest';
import { outputOf } from '../../../src/run/outputs/forms.js';

const isRejects = (text: string): boolean => outputOf('rejects', 'x').isOurs(text);
const HEADER = 'Email,import_line,import_error,import_message';

describe('a rejects file of ours', () => {
  it.each([
    ['as it was written', `\ufeff${HEADER}\r\nbad,3,invalid_email,"Email: ""bad"" is not an email address."\r\n`],
    ['saved by a spreadsheet', `${HEADER.replaceAll(',', ';')}\nbad;3,0;invalid_email phone_too_short;Email: bad.\n`],
    ['with a column of the user’s behind', `${HEADER},note\na@x.com,3,invalid_email,Bad.,looked at\n`],
    ['without its reasons', `${HEADER}\na@x.com,,,\n`],
    ['without rows', `${HEADER}\n`],
    ['cut off in the middle of a row', `${HEADER}\na,3,invalid_email,Bad.\n"a\nb",4,invalid_email,"Not an e`],
    ['that is empty', ''],
  ])('%s', (_, text) => expect(isRejects(text)).toBe(true));

  it.each([
    ['other things under its columns', `${HEADER}\n1,Monday,yes and No,hello\n`],
    ['an error that is a sentence', `${HEADER}\n1,12,It did not work,It did not work.\n`],
    ['one of its columns only', 'Email,import_line\na,3\n'],
    ['its columns in another order', 'Email,import_error,import_line,import_message\na,bad,3,Bad.\n'],
    ['other things further down', `${HEADER}\na,3,invalid_email,Bad.\nb,x,y,z\n`],
  ])('and none with %s', (_, text) => expect(isRejects(text)).toBe(false));
});
