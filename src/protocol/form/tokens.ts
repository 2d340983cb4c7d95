import { unquoteName } from '../adql/index.js';
import { tokenize, type IToken } from '../adql/lexer.js';

/** A query without what does not matter: white space, comments, the case of words. */
export interface IPlainToken {
  readonly kind: IToken['kind'];
  /** Words in upper case, names in lower case, numbers as their value, signs as they are. */
  readonly text: string;
  /** As written; a signed number has its sign. */
  readonly written: string;
}

/** The tokens of a query for comparing; null where it is none, or has open quotes or comments. */
export function plainTokens(adql: string): readonly IPlainToken[] | null {
  const all = tokenize(adql);
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  const last = tokens[tokens.length - 1];
  const useful = last?.text === ';' ? tokens.slice(0, -1) : tokens;
  return all.some(({ open }) => open) ? null : joinSigns(useful.map(toPlain));
}

/** True where two queries are the same but for what does not matter. */
export function isSame(
  one: readonly IPlainToken[],
  other: readonly IPlainToken[]
): boolean {
  return (
    one.length === other.length &&
    one.every((token, index) => {
      const { kind, text } = other[index];
      return token.text === text && (token.kind === 'string') === (kind === 'string');
    })
  );
}

function toPlain({ kind, text }: IToken): IPlainToken {
  switch (kind) {
    case 'word':
      return { kind, text: text.toLowerCase(), written: text };
    case 'delimited':
      return { kind, text: unquoteName(text).toLowerCase(), written: text };
    case 'number':
      return { kind, text: numberText(text), written: text };
    default:
      return { kind, text, written: text };
  }
}

/** Whole numbers digit by digit, as identifiers go beyond 2^53; others as doubles. */
function numberText(text: string): string {
  return /^\d+$/.test(text) ? String(BigInt(text)) : String(Number(text));
}

/** A minus before a number belongs to it where the number begins a value. */
function joinSigns(tokens: readonly IPlainToken[]): readonly IPlainToken[] {
  const joined: IPlainToken[] = [];
  for (const token of tokens) {
    const sign = joined[joined.length - 1];
    const before = joined[joined.length - 2];
    const begins =
      before === undefined ||
      (before.kind === 'operator' && before.text !== ')') ||
      before.text === 'and';
    if (token.kind === 'number' && sign?.text === '-' && begins) {
      joined[joined.length - 1] = {
        kind: 'number',
        text: `-${token.text}`,
        written: `-${token.written}`
      };
    } else {
      joined.push(token);
    }
  }
  return joined;
}
