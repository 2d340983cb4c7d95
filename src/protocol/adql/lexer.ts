/**
 * What a piece of ADQL is.
 *
 * - `word`: a keyword, or a name without quotes, of any letters
 * - `delimited`: a name in double quotes (ADQL 2.1 §2.1.2)
 * - `string`: a text in single quotes (§2.1.4)
 * - `number`: unsigned
 * - `operator`: anything else, `<>` and the like as one
 * - `comment`: from `--` to the end of the line (§2.1.3), or SQL's other form, which is none
 */
export type TokenKind =
  'word' | 'delimited' | 'string' | 'number' | 'operator' | 'comment';

/** A piece of ADQL with its place. */
export interface IToken {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Offset of the first character, and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** A string or delimited name whose closing quote is missing; it ends with its line. */
  readonly open: boolean;
}

/** A token that can be a name. */
export interface INameToken extends IToken {
  readonly kind: 'word' | 'delimited';
}

/** One alternative per kind; tried in this order at each place. */
const PATTERN = new RegExp(
  [
    /(?<space>\s+)/u,
    /(?<comment>--[^\r\n]*|\/\*[^]*?\*\/)/u,
    /(?<string>'(?:[^']|'')*')/u,
    /(?<delimited>"(?:[^"]|"")*")/u,
    /(?<open>['"][^\r\n]*)/u,
    /(?<number>(?:0[xX][0-9A-Fa-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_]))/u,
    /(?<word>[\p{L}\p{N}_$@#]+)/u,
    /(?<operator><>|!=|<=|>=|\|\||==|[^])/u
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy'
);

/**
 * The pieces of a query in their order; white space is what lies between. Never fails: what
 * is no ADQL becomes operators, a string without an end goes to the end of its line.
 */
export function tokenize(text: string): IToken[] {
  const tokens: IToken[] = [];
  PATTERN.lastIndex = 0;
  for (let match = PATTERN.exec(text); match !== null; match = PATTERN.exec(text)) {
    const token = tokenOf(match);
    if (token !== null) {
      tokens.push(token);
    }
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray): IToken | null {
  const groups = match.groups ?? {};
  if (groups['space'] !== undefined) {
    return null;
  }
  const [text] = match;
  const place = { text, from: match.index, to: match.index + text.length };
  if (groups['open'] !== undefined) {
    return {
      ...place,
      kind: text.startsWith("'") ? 'string' : 'delimited',
      open: true
    };
  }
  const kind = KINDS.find(name => groups[name] !== undefined) ?? 'operator';
  return { ...place, kind, open: false };
}

const KINDS: readonly TokenKind[] = [
  'word',
  'operator',
  'number',
  'string',
  'delimited',
  'comment'
];

/** True for a word of that spelling, in any case. */
export function isWord(
  token: IToken | undefined,
  ...words: readonly string[]
): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

/** True for an operator or bracket. */
export function isSign(
  token: IToken | undefined,
  ...signs: readonly string[]
): boolean {
  return token?.kind === 'operator' && signs.includes(token.text);
}

/** True for what can be a name: a word, or anything in double quotes. */
export function isName(token: IToken | undefined): token is INameToken {
  return token?.kind === 'word' || token?.kind === 'delimited';
}

/** Line and column of an offset, both counted from 1, as editors count them. */
export function placeOf(
  text: string,
  offset: number
): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split(/\r\n|\r|\n/).length;
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line, column: offset - start + 1 };
}
