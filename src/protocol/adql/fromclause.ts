import type { TokenCursor } from './cursor.js';
import { isName, isSign, isWord, type IToken } from './lexer.js';
import type { Clause, INamePart, ISelect, ITableUse } from './outline.js';
import { unquoteName } from './quote.js';
import { CLAUSE_WORDS, JOIN_WORDS } from './words.js';

/** What a FROM clause finds out. */
export interface ITables {
  readonly tables: ITableUse[];
  merged: Set<string> | 'all';
}

/** What is read by others within a FROM clause. */
export interface IFromParts {
  /** A query in brackets. */
  query(): ISelect | null;
  /** The condition of a join, from ON on. */
  condition(): void;
  /** A new stretch of the text begins here. */
  begin(clause: Clause): void;
}

/** Reads the tables of a FROM clause (ADQL 2.1 §2.2.4). */
export class FromReader {
  constructor(
    private readonly _cursor: TokenCursor,
    private readonly _parts: IFromParts,
    private readonly _found: ITables,
    private readonly _strays: IToken[]
  ) {}

  /** Read tables between commas, up to the next clause or a closing bracket. */
  read(): void {
    do {
      this._table();
      while (isWord(this._cursor.token, ...JOIN_WORDS)) {
        this._join();
      }
      this._skipStrays();
    } while (this._cursor.sign(','));
  }

  private _join(): void {
    const cursor = this._cursor;
    while (isWord(cursor.token, ...JOIN_WORDS)) {
      if (cursor.word('NATURAL')) {
        this._found.merged = 'all';
      } else {
        cursor.at += 1;
      }
    }
    this._table();
    if (isWord(cursor.token, 'ON')) {
      this._parts.condition();
      this._parts.begin('from');
    } else if (cursor.word('USING')) {
      const from = cursor.at;
      cursor.skipBrackets();
      this._merge(cursor.tokens.slice(from, cursor.at).filter(isName));
    }
  }

  private _merge(columns: readonly IToken[]): void {
    const { merged } = this._found;
    if (merged !== 'all') {
      columns.forEach(({ text }) => merged.add(unquoteName(text).toLowerCase()));
    }
  }

  private _table(): void {
    const cursor = this._cursor;
    const { here: from } = cursor;
    if (isSign(cursor.token, '(')) {
      cursor.at += 1;
      if (!isWord(cursor.token, 'SELECT', 'WITH')) {
        this.read();
        cursor.sign(')');
        this._alias();
        return;
      }
      const query = this._parts.query();
      cursor.sign(')');
      this._add(from, [], query, false);
    } else if (isName(cursor.token) && !cursor.isKeyword()) {
      const parts = cursor.parts();
      const isFunction = isSign(cursor.token, '(');
      if (isFunction) {
        cursor.skipBrackets();
      }
      this._add(from, parts, null, isFunction);
    }
  }

  private _add(
    from: number,
    parts: readonly INamePart[],
    query: ISelect | null,
    isFunction: boolean
  ): void {
    const cursor = this._cursor;
    const { to } = cursor.spanFrom(from);
    const alias = this._alias();
    // `AS o (a, b)` gives its columns new names.
    const isRenamed = alias !== null && isSign(cursor.token, '(');
    if (isRenamed) {
      cursor.skipBrackets();
    }
    const opaque = isFunction || isRenamed;
    this._found.tables.push({ from, to, parts, alias, query, opaque });
  }

  private _alias(): INamePart | null {
    const cursor = this._cursor;
    const isExplicit = cursor.word('AS');
    const { token } = cursor;
    const isOther = isExplicit
      ? isWord(token, ...CLAUSE_WORDS)
      : cursor.isKeyword() || isWord(token, 'LIMIT');
    return isName(token) && !isOther ? cursor.part(token) : null;
  }

  /** What fits nowhere, up to where a clause, a comma or the end of the brackets is. */
  private _skipStrays(): void {
    const cursor = this._cursor;
    if (this._isStray()) {
      this._strays.push(cursor.tokens[cursor.at]);
    }
    while (this._isStray()) {
      cursor.at += 1;
    }
  }

  private _isStray(): boolean {
    const { token } = this._cursor;
    return (
      token !== undefined &&
      !isSign(token, ',', ')', ';') &&
      !this._cursor.endsExpression('from')
    );
  }
}
