import { describe, expect, it } from 'vitest';
import { isShownEmail } from '../../../../src/run/import/answers/shown-point.js';

describe('an e-mail that went out as Clarky has it', () => {
  it.each([' ann@x.com', 'mailto:Ann@x.com', 'Ann Lee <ann@x.com>', 'ann@x.com.'])('is shown as %j', (email) => {
    expect([isShownEmail(email, email), isShownEmail(email, 'ann@x.com')]).toEqual([true, true]);
    expect(isShownEmail(email, 'bob@x.com')).toBe(false);
  });
});
