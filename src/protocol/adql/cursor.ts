import { type INameToken, isName, isSign, isWord, type IToken } from './lexer.js';
import type { Clause, INamePart, ISpan } from './outline.js';
import { unquoteName } from './quote.js';
import { isReserved } from './reserved.js';
import { CLAUSE_WORDS, JOIN_WORDS } from './words.js';

const ENDS: ReadonlySet<string> = new Set(CLAUSE_WORDS);
const ENDS_TABLE: ReadonlySet<string> = new Set(JOIN_WORDS);

/** A place among the tokens of a query, and the ways to go on from it. */
export class TokenCursor {
  /**
   * @param tokens - without comments
   * @param _end - length of the text
   */
  constructor(
    readonly tokens: readonly IToken[],
    private readonly _end: number
  ) {}

  /** Index of the token that comes next. */
  at = 0;

  get token(): IToken | undefined {
    return this.tokens[this.at];
  }

  get next(): IToken | undefined {
    return this.tokens[this.at + 1];
  }

  get previous(): IToken | undefined {
    return this.tokens[this.at - 1];
  }

  /** Where what comes next begins. */
  get here(): number {
    return this.token?.from ?? this._end;
  }

  /** Take the token if it is one of these words. */
  word(...words: readonly string[]): boolean {
    return this._take(isWord(this.token, ...words));
  }

  /** Take the token if it is this sign. */
  sign(sign: string): boolean {
    return this._take(isSign(this.token, sign));
  }

  /** From an offset to the end of the token taken last. */
  spanFrom(from: number): ISpan {
    return { from, to: this.previous?.to ?? from };
  }

  /** Take what is in brackets; a keyword that begins a clause ends it too. */
  skipBrackets(): void {
    let depth = 0;
    do {
      depth += isSign(this.token, '(') ? 1 : isSign(this.token, ')') ? -1 : 0;
      this.at += 1;
    } while (this.token && depth > 0 && !isWord(this.token, ...CLAUSE_WORDS));
  }

  /** Take one name as it stands. */
  part(token: INameToken): INamePart {
    this.at += 1;
    return partOf(token);
  }

  /** Take a name with all its parts; what is wanted behind the last dot may be missing. */
  parts(): INamePart[] {
    const parts: INamePart[] = [];
    do {
      const { token, previous } = this;
      if (parts.length > 0 && this.sign('*')) {
        return parts;
      }
      // `o.` before a keyword of the next line: the column is still to be typed.
      const isMissing =
        parts.length > 0 && token?.from !== previous?.to && this.isKeyword();
      if (!isName(token) || isMissing) {
        return parts;
      }
      parts.push(this.part(token));
    } while (this.sign('.'));
    return parts;
  }

  /** True for a reserved word; with a dot behind it, it can only be a name. */
  isKeyword(): boolean {
    const { token } = this;
    return token?.kind === 'word' && isReserved(token.text) && !isSign(this.next, '.');
  }

  /** True at a keyword that no expression of this clause goes beyond. */
  endsExpression(clause: Clause): boolean {
    const word = this.token?.word ?? '';
    const isOfFrom = clause === 'on' || clause === 'from';
    if (!ENDS.has(word) && !(isOfFrom && ENDS_TABLE.has(word))) {
      return false;
    }
    const isPart = isSign(this.previous, '.') && this.previous?.to === this.here;
    if (isPart || isSign(this.next, '.')) {
      return false;
    }
    return (word !== 'GROUP' && word !== 'ORDER') || isWord(this.next, 'BY');
  }

  private _take(found: boolean): boolean {
    this.at += found ? 1 : 0;
    return found;
  }
}

/** A name's part as it stands in the text. */
export function partOf({ kind, text, from, to }: INameToken): INamePart {
  const quoted = kind === 'delimited';
  return { text: quoted ? unquoteName(text) : text, quoted, from, to };
}
