import type { TokenCursor } from './cursor.js';
import { partOf } from './cursor.js';
import { type INameToken, isName, isSign, isWord, type IToken } from './lexer.js';
import type { Clause, ICall, INamePart, INameUse, ISelect, ISpan } from './outline.js';
import { isReserved } from './reserved.js';
import { BEGINS_OPERAND, CLAUSE_WORDS, NO_CALL, WANTS_OPERAND } from './words.js';

/** What stands before a place in an expression. */
interface IBefore {
  /** The last operand, while nothing stands between. */
  operand: ISpan | null;
  operator: IToken | null;
}

/** The SELECT and clause that an expression is in. */
interface IPlace {
  readonly select: ISelect;
  readonly clause: Clause;
}

/** Reads expressions, and notes the names and calls in them. */
export class ExpressionReader {
  /**
   * @param _cursor - where it reads
   * @param _query - reads a query in brackets within a SELECT
   */
  constructor(
    private readonly _cursor: TokenCursor,
    private readonly _query: (parent: ISelect) => unknown
  ) {}

  readonly names: INameUse[] = [];
  readonly calls: ICall[] = [];

  /** Read up to a comma, a bracket that was opened before, or the next clause. */
  read(select: ISelect, clause: Clause): void {
    const cursor = this._cursor;
    const before: IBefore = { operand: null, operator: null };
    while (
      cursor.token &&
      !isSign(cursor.token, ')', ';', ',') &&
      !cursor.endsExpression(clause)
    ) {
      this._step({ select, clause }, before, cursor.token);
    }
  }

  /** Read expressions between commas. */
  readList(select: ISelect, clause: Clause): void {
    do {
      this.read(select, clause);
    } while (this._cursor.sign(','));
  }

  /** Read one operand, keyword or operator. */
  private _step(place: IPlace, before: IBefore, token: IToken): void {
    if (isSign(token, '(')) {
      this._brackets(place);
      before.operand = this._cursor.spanFrom(token.from);
    } else if (isName(token)) {
      this._named(place, before, token);
    } else {
      this._cursor.at += 1;
      const isOperand =
        token.kind !== 'operator' || (token.text === '*' && before.operand === null);
      before.operand = isOperand ? this._cursor.spanFrom(token.from) : null;
      before.operator = token.kind === 'operator' ? token : null;
    }
  }

  private _named(place: IPlace, before: IBefore, token: INameToken): void {
    const word = token.text.toUpperCase();
    const { next } = this._cursor;
    const isBare = token.kind === 'word' && isReserved(word) && !isSign(next, '.');
    if (isBare && isSign(next, '(') && !NO_CALL.has(word)) {
      this._call(place, [this._cursor.part(token)]);
    } else if (isBare && !isMisused(word, before, next)) {
      this._keyword(word, before);
      return;
    } else {
      const parts = isBare ? [this._cursor.part(token)] : this._cursor.parts();
      if (isSign(this._cursor.token, '(')) {
        this._call(place, parts);
      } else {
        this._use(place, before, parts, isBare);
      }
    }
    before.operand = this._cursor.spanFrom(token.from);
    before.operator = null;
  }

  private _use(
    place: IPlace,
    before: IBefore,
    parts: readonly INamePart[],
    reserved: boolean
  ): void {
    const { operand: behind, operator } = before;
    const star = isSign(this._cursor.previous, '*');
    const span = this._cursor.spanFrom(parts[0].from);
    this.names.push({ ...place, ...span, parts, star, reserved, behind, operator });
  }

  private _keyword(word: string, before: IBefore): void {
    const cursor = this._cursor;
    const { here } = cursor;
    cursor.at += 1;
    // What AS gives is a new name or a type, and no column.
    if (
      word === 'AS' &&
      isName(cursor.token) &&
      !isWord(cursor.token, ...CLAUSE_WORDS)
    ) {
      cursor.at += 1;
    }
    before.operand = WANTS_OPERAND.has(word) ? null : cursor.spanFrom(here);
    before.operator = null;
  }

  private _call({ select, clause }: IPlace, parts: readonly INamePart[]): void {
    const [{ from }] = parts;
    const { to } = parts[parts.length - 1];
    const name = parts.map(({ text }) => text).join('.');
    // Its place is taken now, so that calls stay in the order of the text.
    const at = this.calls.push({ name, from, to, select, args: [] }) - 1;
    this.calls[at] = { ...this.calls[at], args: this._brackets({ select, clause }) };
  }

  /** What is in brackets: a query, or expressions, whose places are returned. */
  private _brackets({ select, clause }: IPlace): ISpan[] {
    const cursor = this._cursor;
    const args: ISpan[] = [];
    cursor.at += 1;
    if (isWord(cursor.token, 'SELECT', 'WITH')) {
      this._query(select);
    } else {
      do {
        const { here: from } = cursor;
        cursor.word('DISTINCT', 'ALL');
        this.read(select, clause);
        args.push({ from, to: Math.max(from, cursor.previous?.to ?? from) });
      } while (cursor.sign(','));
    }
    cursor.sign(')');
    return args.length === 1 && args[0].from === args[0].to ? [] : args;
  }
}

/** A reserved word where an operand has to be, and that begins none. */
function isMisused(word: string, before: IBefore, next: IToken | undefined): boolean {
  return (
    before.operand === null &&
    !BEGINS_OPERAND.has(word) &&
    !WANTS_OPERAND.has(word) &&
    // DATE '2026-01-01'
    next?.kind !== 'string'
  );
}

/** The name that a part of a SELECT list has in the answer; null where it has none of its own. */
export function itemName(
  tokens: readonly IToken[],
  use: INameUse | undefined
): string | null {
  const last = tokens[tokens.length - 1];
  const before = tokens[tokens.length - 2];
  if (!isName(last)) {
    return null;
  }
  const isWhole = use?.from === tokens[0].from && use.to === last.to;
  const isNew = isWord(before, 'AS') || (tokens.length > 1 && !isSign(before, '.'));
  return isWhole || isNew ? partOf(last).text : null;
}
