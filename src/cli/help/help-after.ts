/** What stands below the options in the help of each command: examples, and the exit statuses of that very command. */

/** What each exit status means; the test of the contract compares it with src/errors.ts. */
const STATUS: Readonly<Record<string, string>> = {
  '0': 'every row is in Clarky',
  '1': 'internal error: a bug',
  '2': 'usage or configuration; nothing was sent',
  '3': 'finished, but some rows were rejected (they are in the rejects file)',
  '4': 'Clarky refuses us (key, bot, URL, or every row the same way), or a guard\n     stopped the run; the rest is pending',
  '5': "Clarky can't be reached or keeps failing, the disk fails, or the file was\n     changed while it was read; run again",
  '6': 'another import is using this checkpoint',
  '7': 'the deadline was reached; run again to go on',
  '130, 143': 'stopped by SIGINT, by SIGTERM or SIGHUP; run again to go on',
};

const BUG_AND_USAGE = { '1': STATUS['1'], '2': STATUS['2'] };
const REACHING = {
  '4': 'Clarky refuses us: key, bot or URL',
  '5': "Clarky can't be reached or keeps failing",
  '130, 143': 'stopped by SIGINT, by SIGTERM or SIGHUP',
};

interface After {
  readonly meaning?: string;
  readonly examples?: readonly string[];
  readonly exits: Readonly<Record<string, string | undefined>>;
}

const AFTER: Readonly<Record<string, After>> = {
  import: {
    examples: [
      'clarky-contacts import contacts.csv --country GB --live',
      'clarky-contacts import contacts.csv --quiet --deadline 06:00 --fail-over 10%',
      'zcat export.csv.gz | clarky-contacts import - --name export',
    ],
    exits: STATUS,
  },
  plan: {
    examples: [
      'clarky-contacts plan contacts.csv --country GB',
      'clarky-contacts plan contacts.csv --live --diff',
      'clarky-contacts plan contacts.csv --json',
    ],
    exits: {
      '0': 'every row would be sent, or is in Clarky already',
      ...BUG_AND_USAGE,
      '3': 'some rows would be rejected (--exit-zero: 0)',
      ...REACHING,
      '6': 'with --live: another import is using this checkpoint',
    },
  },
  map: {
    examples: ['clarky-contacts map contacts.csv', 'clarky-contacts map contacts.csv --yes'],
    exits: {
      '0': 'the mapping file is written',
      ...BUG_AND_USAGE,
      '130': 'given up; what was decided waits in FILE.mapping.json.draft',
    },
  },
  verify: {
    meaning: `
Each line: = same, * differs (field, expected, found), + missing,
! would be rejected, ? could not be looked up.`,
    examples: ['clarky-contacts verify contacts.csv', 'clarky-contacts verify contacts.csv --sample 200'],
    exits: {
      '0': 'all is in Clarky as the file says',
      ...BUG_AND_USAGE,
      '3': 'something differs or is missing',
      ...REACHING,
      '6': STATUS['6'],
    },
  },
  undo: {
    meaning: `
Contacts that the import created are deleted. Fields that it changed are set
back. What somebody has changed since then is left, and listed.`,
    examples: ['clarky-contacts undo contacts.csv', 'clarky-contacts undo contacts.csv --yes --json'],
    exits: {
      '0': 'all is undone, or you said no',
      ...BUG_AND_USAGE,
      '3': 'something was left',
      '4': 'Clarky refuses us, or the first contact did not become what was meant',
      '5': "Clarky can't be reached or keeps failing; run again",
      '6': 'an import is using this checkpoint',
      '130, 143': STATUS['130, 143'],
    },
  },
  status: {
    examples: ['clarky-contacts status contacts.csv'],
    exits: { '0': 'shown', ...BUG_AND_USAGE },
  },
  forget: {
    examples: ['clarky-contacts forget contacts.csv', 'clarky-contacts forget contacts.csv --all'],
    exits: {
      '0': 'removed, or there was nothing, or you said no',
      ...BUG_AND_USAGE,
      '6': 'an import is using this checkpoint',
      '130': 'given up at the question; nothing was removed',
    },
  },
  bots: {
    examples: ['clarky-contacts bots', 'clarky-contacts bots --profile acme --json'],
    exits: { '0': 'listed', ...BUG_AND_USAGE, ...REACHING },
  },
  login: {
    examples: ['clarky-contacts login', 'clarky-contacts login acme --key-file key.txt'],
    exits: { '0': 'the key is good, and kept', ...BUG_AND_USAGE, ...REACHING },
  },
  doctor: {
    meaning: `
With --probe it makes a contact under example.com, changes it a few times and
deletes it again, also after Ctrl-C. What it finds is kept for the imports of
this user on this machine.`,
    examples: [
      'clarky-contacts doctor',
      'clarky-contacts doctor --profile acme',
      'clarky-contacts doctor --probe --yes --json',
    ],
    exits: {
      '0': 'an import can begin',
      '1': STATUS['1'],
      '2': "no key, no bot decided, or a folder that can't be written",
      ...REACHING,
      '4': 'Clarky refuses us: key, bot or URL, or it does not delete the contact',
    },
  },
  completion: {
    examples: [
      'source <(clarky-contacts completion bash)',
      'clarky-contacts completion zsh > "${fpath[1]}/_clarky-contacts"',
      'clarky-contacts completion fish | source',
    ],
    exits: { '0': 'printed', ...BUG_AND_USAGE },
  },
  sandbox: {
    examples: [
      'clarky-contacts sandbox',
      'clarky-contacts sandbox --verbose --latency 50-300 --faults 500=0.05',
      'clarky-contacts sandbox --port 0 --json',
    ],
    exits: { '0': 'stopped, by Ctrl-C or otherwise', ...BUG_AND_USAGE },
  },
  help: {
    examples: ['clarky-contacts help import', 'clarky-contacts help mapping-file'],
    exits: { '0': 'shown', ...BUG_AND_USAGE },
  },
  ui: {
    examples: ['clarky-contacts ui', 'clarky-contacts ui contacts.csv', 'clarky-contacts ui --demo'],
    exits: { '0': 'quit', ...BUG_AND_USAGE, '130, 143': 'stopped by SIGINT, by SIGTERM or SIGHUP' },
  },
};

/** Of the program itself: how it is begun, and what import ends with. */
export const AFTER_PROGRAM = `
Examples:
  clarky-contacts plan contacts.csv --country GB
  clarky-contacts import contacts.csv --country GB --live
  clarky-contacts ui --demo

Exit status of import:\n${exitLines(STATUS)}\n
More: clarky-contacts help checkpoint, mapping-file, exit-status or settings.`;

/** The text for a command; '' where there is nothing to say. */
export function helpAfter(command: string): string {
  const after = Object.hasOwn(AFTER, command) ? AFTER[command] : undefined;
  if (after === undefined) return '';
  const { meaning, examples, exits } = after;
  return [
    ...(meaning === undefined ? [] : [meaning]),
    ...(examples === undefined ? [] : ['', 'Examples:', ...examples.map((example) => `  ${example}`)]),
    '',
    'Exit status:',
    exitLines(exits),
  ].join('\n');
}

function exitLines(exits: After['exits']): string {
  return Object.entries(exits)
    .map(([status, meaning]) => `  ${status}  ${meaning ?? ''}`)
    .join('\n');
}
