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
  /** A word in upper case, as keywords compare; empty for anything else. */
  readonly word: string;
  /** Offset of the first character, and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  /**
   * Its end is missing: a string or delimited name ends with its line then, a comment with
   * the text.
   */
  readonly open: boolean;
}

/** A token that can be a name. */
export interface INameToken extends IToken {
  readonly kind: 'word' | 'delimited';
}

/** White space, then one group per kind in the order of {@link GROUPS}. */
const PATTERN = new RegExp(
  [
    /\s+/u,
    /([\p{L}_$@#][\p{L}\p{N}_$@#]*)/u,
    // What has no end goes to that of the text, so that its end is looked for only once.
    /(--[^\r\n]*|\/\*[^]*?(?:\*\/|$))/u,
    /((?:0[xX][0-9A-Fa-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_]))/u,
    /('(?:[^']|'')*')/u,
    /("(?:[^"]|"")*")/u,
    /([\p{L}\p{N}_$@#]+)/u,
    /(['"][^\r\n]*)/u,
    /(<>|!=|<=|>=|\|\||==|[^])/u
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy'
);

/** What the groups of the pattern are; null for a quote without an end. */
const GROUPS: readonly (TokenKind | null)[] = [
  'word',
  'comment',
  'number',
  'string',
  'delimited',
  'word',
  null,
  'operator'
];

/**
 * The pieces of a query in their order; white space is what lies between. Never fails: what
 * is no ADQL becomes operators, a string without an end goes to the end of its line. Takes
 * time in proportion to the text, whatever it is.
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
  const group = match.findIndex((text, index) => index > 0 && text !== undefined);
  if (group < 0) {
    return null;
  }
  const [text] = match;
  const from = match.index;
  const known = GROUPS[group - 1];
  const isOpen = known === null || (known === 'comment' && !isEnded(text));
  const kind = known ?? (text.startsWith("'") ? 'string' : 'delimited');
  const word = kind === 'word' ? text.toUpperCase() : '';
  return { kind, text, word, from, to: from + text.length, open: isOpen };
}

function isEnded(comment: string): boolean {
  return comment.startsWith('--') || (comment.length > 3 && comment.endsWith('*/'));
}

/** True for a word of that spelling, in any case. */
export function isWord(
  token: IToken | undefined,
  ...words: readonly string[]
): boolean {
  return token !== undefined && token.word !== '' && words.includes(token.word);
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
