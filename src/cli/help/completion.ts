/** Completion scripts for shells, made of the commands and their options as they are. */
import type { Command, Option } from 'commander';
import type { Control } from '../../settings/kind.js';
import { COUNTRY_CODES } from '../../settings/countries.js';
import { settingRows } from '../../settings/settings.js';
import { OWN_ENDINGS } from '../../storage/outputs.js';
import { TOPIC_NAMES } from './help-topics.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What comes after an option, or as an argument. */
type Value = 'nothing' | 'anything' | 'file' | 'list' | 'folder' | 'profile' | { readonly words: readonly string[] };

interface CompletedOption {
  readonly long: string;
  readonly help: string;
  readonly value: Value;
}

interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly options: readonly CompletedOption[];
  readonly argument: Value;
}

export function completionFor(shell: string, program: Command): string | undefined {
  const commands = program.commands.map((command) => completed(command, program));
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
    default:
      return undefined;
  }
}

function completed(command: Command, program: Command): CompletedCommand {
  const name = command.name();
  const help = { long: '--help', help: 'show help', value: 'nothing' } as const;
  return {
    name,
    help: firstSentence(command.summary() || command.description()),
    options: [...command.options.map(completedOption), help],
    argument: argumentOf(command, program),
  };
}

function argumentOf(command: Command, program: Command): Value {
  const [argument] = command.registeredArguments;
  if (argument === undefined) return 'nothing';
  switch (command.name()) {
    case 'help':
      return { words: [...program.commands.map((other) => other.name()), ...TOPIC_NAMES] };
    case 'completion':
      return { words: SHELLS };
    case 'login':
      return 'profile';
    default:
      return 'list';
  }
}

const NO_LISTS = [...OWN_ENDINGS, 'log.jsonl.1', 'tmp', 'lock'];
const NO_LIST = `\\.(${NO_LISTS.map((ending) => ending.replaceAll('.', '\\.')).join('|')})`;

const VALUES: Readonly<Record<Control, Value>> = {
  choice: 'anything',
  switch: 'nothing',
  number: 'anything',
  text: 'anything',
  path: 'file',
  folder: 'folder',
  pairs: 'anything',
};

function completedOption(option: Option): CompletedOption {
  const long = option.long ?? option.flags;
  const kind = settingRows().find(([, { flag }]) => flag === option.flags)?.[1].kind;
  const choices = option.argChoices ?? kind?.choices;
  const value = (): Value => {
    if (!option.required && !option.optional) return 'nothing';
    if (long === '--profile') return 'profile';
    if (long === '--country') return { words: [...COUNTRY_CODES] };
    if (choices !== undefined) return { words: choices };
    return kind === undefined ? 'anything' : VALUES[kind.control];
  };
  return { long, help: firstSentence(option.description), value: value() };
}

function firstSentence(text: string): string {
  return (text.split(/(?<!\be\.g)\. |(?<!such as );[ ]|: | \(/)[0] ?? '').replace(/\.$/, '');
}

/** For the inside of single quotes. */
function quotedForZsh(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''");
}

function quotedForFish(text: string): string {
  return text.replace(/['\\]/g, '\\$&');
}

const PROFILES = '"${XDG_CONFIG_HOME:-$HOME/.config}/clarky-contacts/profiles"';

function bash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, argument }) => {
    const values = options.flatMap(({ long, value }) =>
      value === 'nothing' ? [] : [`        ${long}) ${bashValue(value)}; return ;;`],
    );
    return [
      `    ${name})`,
      ...(values.length === 0 ? [] : ['      case "$prev" in', ...values, '      esac']),
      `      if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W "${options.map(({ long }) => long).join(' ')}" -- "$cur")); return; fi`,
      `      ${bashValue(argument)} ;;`,
    ].join('\n');
  });
  return `# clarky-contacts completion for bash: source <(clarky-contacts completion bash)
_clarky_contacts() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$cur")); return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -o bashdefault -F _clarky_contacts clarky-contacts
`;
}

function bashValue(value: Value): string {
  if (value === 'nothing' || value === 'anything') return 'COMPREPLY=()';
  // Names hold blanks.
  if (value === 'file') return `local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$cur"))`;
  if (value === 'list') return `local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$cur" | grep -Ev '${NO_LIST}$'))`;
  if (value === 'folder') return `local IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$cur"))`;
  if (value === 'profile') {
    return `COMPREPLY=($(compgen -W "$(cd ${PROFILES} 2>/dev/null && ls | sed 's/\\.json$//')" -- "$cur"))`;
  }
  return `COMPREPLY=($(compgen -W "${value.words.join(' ')}" -- "$cur"))`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, argument }) => {
    const specs = options.map(({ long, help, value }) => `'${long}[${quotedForZsh(help)}]${zshValue(value)}'`);
    const rest = argument === 'nothing' ? [] : [`'*${zshValue(argument)}'`];
    return `    ${name}) _arguments ${[...specs, ...rest].join(' \\\n      ')} ;;`;
  });
  return `#compdef clarky-contacts
# clarky-contacts completion for zsh
_clarky_contacts_profiles() {
  compadd -- \${XDG_CONFIG_HOME:-$HOME/.config}/clarky-contacts/profiles/*.json(N:t:r)
}
_clarky_contacts_lists() {
  local -a others=(${NO_LISTS.map((ending) => `'*.${ending}'`).join(' ')})
  _files -F others
}
_clarky_contacts() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, help }) => `      '${name}:${quotedForZsh(help)}'`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _clarky_contacts "$@"; else compdef _clarky_contacts clarky-contacts; fi
`;
}

function zshValue(value: Value): string {
  if (value === 'nothing') return '';
  if (value === 'anything') return ':value:';
  if (value === 'file') return ':file:_files';
  if (value === 'list') return ':file:_clarky_contacts_lists';
  if (value === 'folder') return ':folder:_files -/';
  if (value === 'profile') return ':profile:_clarky_contacts_profiles';
  return `:word:(${value.words.join(' ')})`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = commands.flatMap(({ name, help, options, argument }) => {
    const inside = `-n '__fish_seen_subcommand_from ${name}'`;
    const rest = argument === 'nothing' ? [] : [`complete -c clarky-contacts ${inside} ${fishValue(argument)}`];
    return [
      `complete -c clarky-contacts -n '__fish_use_subcommand' -a ${name} -d '${quotedForFish(help)}'`,
      ...options.map(
        ({ long, help: what, value }) =>
          `complete -c clarky-contacts ${inside} -l ${long.slice(2)} -d '${quotedForFish(what)}'${value === 'nothing' ? '' : ` -r ${fishValue(value)}`}`,
      ),
      ...rest,
    ];
  });
  return `# clarky-contacts completion for fish (${names})
complete -c clarky-contacts -f
${lines.join('\n')}
`;
}

function fishValue(value: Value): string {
  if (value === 'nothing' || value === 'anything') return '-f';
  if (value === 'file') return '-F';
  if (value === 'list')
    return `-f -a '(__fish_complete_path (commandline -ct) | string match -rv "${NO_LIST}(\\t|\\$)")'`;
  if (value === 'folder') return "-f -a '(__fish_complete_directories)'";
  if (value === 'profile') {
    return `-f -a '(for file in ${fishFolder}/*.json; string replace -r ".*/(.*)\\.json\\$" "\\$1" $file; end)'`;
  }
  return `-f -a '${value.words.join(' ')}'`;
}

const fishFolder =
  '(set -q XDG_CONFIG_HOME; and echo $XDG_CONFIG_HOME; or echo $HOME/.config)/clarky-contacts/profiles';
