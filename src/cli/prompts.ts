/** The questions at the terminal: Ctrl-D, which ends what is typed elsewhere, leaves them as Ctrl-C does. */
import * as clack from '@clack/prompts';

// By itself it would close the terminal's input, and a question that nobody can answer ends the program without a word.
clack.updateSettings({ aliases: { '\u0004': 'cancel' } });

export { autocomplete, intro, isCancel, note, password, select, text } from '@clack/prompts';
