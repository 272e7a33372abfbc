/** `help TOPIC`: what is worth a page and belongs to no single command. At most 80 columns. */

const CHECKPOINT = `The checkpoint

FILE.checkpoint.jsonl remembers, for each contact, which content Clarky last
accepted. This is why a second run of the same import sends nothing, and why a
run that was stopped, killed or cut off goes on where it was.

It goes by content, not by row numbers: rows may be added, moved, removed and
edited. What is new or changed is sent; what is not costs no write. A value that
is set back to an earlier one is sent as well.

It holds no personal data: e-mails, phones and values are stored as hashes. It
is written before a contact is counted, and is compacted by itself. If a power
cut leaves the last line incomplete, that line is ignored.

Each API address and each bot has its own part of it.

  clarky-contacts status FILE           what it holds
  clarky-contacts import FILE --resend  send although nothing changed
  clarky-contacts forget FILE --all     remove it, with the other files

Keep it beside FILE, also when you move FILE: without it the next import sends
every contact once more. That does no harm, but takes time.
`;

const MAPPING_FILE = `The mapping file

FILE.mapping.json says which column becomes which field. Without one, the
columns are recognised by name and content. Write one with

  clarky-contacts map FILE

and use it for every export of the same program (--mapping PATH). JSON or YAML:

  {
    "version": 1,
    "columns": {
      "E-Mail": "emails",
      "Full name": { "to": "name", "split": "last_first" },
      "Value": { "to": "deal_value", "decimal": "comma" },
      "Since": { "to": "custom:Since", "type": "date", "dates": "dmy" },
      "Newsletter": "ignore"
    },
    "settings": { "country": "GB", "unmapped": "custom" }
  }

A column may be a field, name (split into first and last), pipeline_stage (by
its name) or custom:KEY. ignore always leaves it out. unmapped leaves it out,
unless --unmapped custom makes custom fields of such columns (a proposal says
unmapped if it knows no field). undecided does the same, and plan asks about it.
Columns are found by name, wherever they are; capitals, accents and punctuation
make no difference. Several columns of one name are a list.

"sheet" names the sheet of a workbook that the columns were decided for (map and
the page write it). If another sheet is read that has none of the e-mail and
phone columns, FILE.mapping.json is not used for it. "description" and "//" are
notes for people.

Fields: first_name, last_name, emails, phone_numbers, company, job_title,
lead_source, contact_type, tags, deal_value, address_line1, address_line2, city,
state, postal_code, country, linkedin_url, notes, pipeline_stage_id, company_id.

Flags win over the environment, the environment over this file.
`;

const EXIT_STATUS = `The exit status

  0  every row is in Clarky
  1  an internal error: a bug
  2  usage or configuration: unknown option, file not found, no key, bad
     mapping; nothing was sent
  3  finished, but some rows were rejected (they are in the rejects file); plan:
     some would be; verify: something differs; undo: something was left
  4  Clarky refuses us: key, bot, URL, or every row the same way; or a guard
     (--fail-over) stopped the run before its first write; the rest is pending
  5  Clarky can't be reached or keeps failing, the disk fails, or the file was
     changed while it was read; the rest is pending: run again to go on
  6  another import is using this checkpoint (--wait waits for it)
  7  the deadline was reached; the rest is pending: run again to go on
  130, 143
     stopped by Ctrl-C, or by SIGTERM or SIGHUP; the requests under way were
     recorded first; run again to go on

In a script:

  clarky-contacts import contacts.csv --quiet
  case $? in
    0) ;;
    3) mail -s "rejected rows" me < contacts.csv.rejected.csv ;;
    5|7) ;;  # goes on tonight
    *) exit 1 ;;
  esac

What became of a run is in its summary, too: --json prints it, --latest PATH
writes it to a file, --on-end URL posts it.
`;

const SETTINGS = `Where settings come from

A flag wins over the environment, the environment over the mapping file (its
"settings"), the mapping file over what an earlier run on the same file kept,
and that over the default. Each is checked in the same way.

  CLARKY_KEY         the API key           CLARKY_BOT_ID          --bot
  CLARKY_KEYS        several, by commas    CLARKY_COUNTRY         --country
  CLARKY_PROFILE     --profile             CLARKY_MAX_OUTAGE      --max-outage
  CLARKY_API_URL     --api-url             NO_COLOR, FORCE_COLOR  colours

The key is never an argument: others on this machine could read it. Put it into
CLARKY_KEY, into a file named with --key-file, or keep it with

  clarky-contacts login NAME

A profile (CLARKY_PROFILE, or "default") holds a key for its own address. If
CLARKY_API_URL names another address, a command says so and sends nothing.
--profile uses the profile's address, --api-url the address that it names.
--key-file goes before the key of any profile, and CLARKY_KEY before that of
CLARKY_PROFILE: such a key is sent to the profile's address, unless another
address is named.

Times are local: 06:00 is the next time that the clock shows it, 2026-11-24 the
first minute of that day. Only Z or an offset (+02:00) at the end says
otherwise.
Durations are 90s, 10m, 4h or 1h30m; a bare number is seconds.
`;

const TOPICS: Readonly<Record<string, string>> = {
  checkpoint: CHECKPOINT,
  'mapping-file': MAPPING_FILE,
  'exit-status': EXIT_STATUS,
  settings: SETTINGS,
};

export const TOPIC_NAMES = Object.keys(TOPICS);

/** The text of a topic by its name, or by a part of it that says enough (`mapping`, `exit`). */
export function topicNamed(name: string): string | undefined {
  const found = TOPIC_NAMES.find(
    (topic) => topic === name || topic.startsWith(`${name}-`) || topic.endsWith(`-${name}`),
  );
  return found === undefined ? undefined : TOPICS[found];
}
