/** Signs of ours that are no letters: blocks, lines, arrows, typographic quotes. A terminal in the C locale shows them as rubbish. */

/** Each by one that is as wide. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ '█': '#', '░': '-', '…': '~', '·': '-', '•': '*', '×': 'x', '→': '>', '←': '<', '↑': '^', '↓': 'v' },
  ...{ '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '—': '-' },
  // Those of the questions.
  ...{ '◆': '*', '◇': 'o', '■': 'x', '▲': '!', '●': '>', '○': ' ', '◻': '.', '◼': '+', '▪': '*', '◒': '*', '◐': '*' },
  ...{ '│': '|', '┃': '|', '─': '-', '━': '-', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+' },
  ...{ '╭': '+', '╮': '+', '╰': '+', '╯': '+', '◓': '*', '◑': '*', '✔': '+', '✓': '+', '✖': 'x' },
};
const SIGNS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

type Env = NodeJS.ProcessEnv;

/** Whether the locale has more than ASCII: that of the characters goes by the first of these variables that says anything. */
function hasSigns({ LC_ALL = '', LC_CTYPE = '', LANG = '' }: Env, platform: NodeJS.Platform): boolean {
  // Its terminals go by no such variable.
  if (platform === 'win32') return true;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== '') ?? 'C';
  const [, charset = ''] = locale.split(/[.@]/);
  return locale.includes('.') ? /^utf-?8$/i.test(charset) : !/^(?:C|POSIX)$/i.test(locale);
}

/** A text as a stream can show it: at a terminal in the C locale with plain signs, else as it is. */
export function inSignsOf(
  stream: Pick<NodeJS.WriteStream, 'isTTY'>,
  text: string,
  env: Env = process.env,
  platform = process.platform,
): string {
  return stream.isTTY && !hasSigns(env, platform) ? text.replace(SIGNS, (sign) => PLAIN[sign] ?? sign) : text;
}

/** A terminal that is written to by others: what they write is in the signs that it can show. */
export function inItsSigns(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!stream.isTTY || hasSigns(process.env, process.platform)) return stream;
  const write: typeof stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const shown = typeof chunk === 'string' ? inSignsOf(stream, chunk) : chunk;
    return (stream.write as (...all: unknown[]) => boolean)(shown, ...rest);
  };
  return new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
