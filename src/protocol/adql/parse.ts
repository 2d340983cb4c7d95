import { beyondOf, MOST_PARTS, tooMany } from './bounds.js';
import { TokenCursor } from './cursor.js';
import { ExpressionReader, itemName } from './expression.js';
import { FromReader } from './fromclause.js';
import { isName, isSign, isWord, type IToken, tokenize } from './lexer.js';
import type {
  Clause,
  IBeyond,
  INamedQuery,
  IOutline,
  ISelect,
  ISelectItem,
  ISpan,
  ITableUse
} from './outline.js';

/** The parts of {@link ISelect} while it is read. */
interface IDraft extends Omit<ISelect, 'merged'> {
  to: number;
  distinct: boolean;
  top: IToken | null;
  combined: boolean;
  merged: Set<string> | 'all';
  readonly items: ISelectItem[];
  readonly tables: ITableUse[];
  readonly clauses: (ISpan & { clause: Clause })[];
}

/**
 * Make out the parts of a query (ADQL 2.1 §2.2). Never fails: the text may be wrong or
 * unfinished, and a keyword of a clause ends what stands open before it. What is too long, too deep or too much
 * is not made out (`beyond`).
 */
export function parseOutline(text: string): IOutline {
  return new QueryReader(text).read();
}

/** Keywords that begin a clause of expressions. */
const CLAUSES: readonly (readonly [string, Clause])[] = [
  ['WHERE', 'where'],
  ['GROUP', 'group'],
  ['HAVING', 'having'],
  ['ORDER', 'order'],
  ['OFFSET', 'offset'],
  ['LIMIT', 'offset']
];

const COMBINE = ['UNION', 'EXCEPT', 'INTERSECT'] as const;

class QueryReader {
  constructor(private readonly _text: string) {
    const tokens = tokenize(_text);
    this._beyond = beyondOf(_text, tokens);
    this._comments = tokens.filter(({ kind }) => kind === 'comment');
    this._cursor = new TokenCursor(
      tokens.filter(({ kind }) => kind !== 'comment'),
      _text.length
    );
    this._expressions = new ExpressionReader(this._cursor, parent =>
      this._query(parent)
    );
  }

  read(): IOutline {
    const { _cursor: cursor, _expressions: expressions } = this;
    while (cursor.token && this._beyond === null) {
      if (isWord(cursor.token, 'SELECT', 'WITH')) {
        this._query(null);
      } else {
        cursor.at += 1;
      }
    }
    return {
      text: this._text,
      tokens: cursor.tokens,
      comments: this._comments,
      selects: this._selects,
      names: expressions.names,
      calls: expressions.calls,
      strays: this._strays,
      beyond: this._beyond
    };
  }

  /** A query from WITH or SELECT on, with all it is combined with; its first SELECT. */
  private _query(parent: ISelect | null): ISelect | null {
    const cursor = this._cursor;
    const named: INamedQuery[] = [];
    if (cursor.word('WITH')) {
      this._namedQueries(parent, named);
    }
    const first = this._operand(parent, named);
    while (cursor.word(...COMBINE)) {
      cursor.word('ALL');
      this._operand(parent, named);
    }
    return first;
  }

  /** One of the queries that are combined: a SELECT, or a query in brackets. */
  private _operand(
    parent: ISelect | null,
    named: readonly INamedQuery[]
  ): ISelect | null {
    const cursor = this._cursor;
    if (isWord(cursor.token, 'SELECT')) {
      return this._select(parent, named);
    }
    if (!isSign(cursor.token, '(') || !isWord(cursor.next, 'SELECT', 'WITH')) {
      return null;
    }
    cursor.at += 1;
    const inner = this._query(parent);
    cursor.sign(')');
    return inner;
  }

  /** `name AS (SELECT …), …`; each may use those before it. */
  private _namedQueries(parent: ISelect | null, named: INamedQuery[]): void {
    const cursor = this._cursor;
    do {
      if (!isName(cursor.token)) {
        return;
      }
      const name = cursor.part(cursor.token);
      this._count(name);
      const opaque = isSign(cursor.token, '(') && !isWord(cursor.next, 'SELECT');
      if (opaque) {
        cursor.skipBrackets();
      }
      cursor.word('AS');
      let query: ISelect | null = null;
      if (cursor.sign('(')) {
        query = this._query(draft(parent, [...named], cursor.here));
        cursor.sign(')');
      }
      named.push({ name, query, opaque });
    } while (cursor.sign(','));
  }

  private _select(parent: ISelect | null, named: readonly INamedQuery[]): ISelect {
    const cursor = this._cursor;
    const select = draft(parent, named, cursor.here);
    select.combined = isWord(cursor.previous, ...COMBINE, 'ALL');
    this._count({ from: select.from, to: select.from + 'SELECT'.length });
    this._selects.push(select);
    this._begin(select, 'select');
    cursor.at += 1;
    select.distinct = cursor.word('DISTINCT');
    cursor.word('ALL');
    if (cursor.word('TOP') && cursor.token?.kind === 'number') {
      select.top = cursor.token;
      cursor.at += 1;
    }
    this._items(select);
    while (this._clause(select)) {
      // Each turn reads one clause.
    }
    select.to = cursor.here;
    select.combined ||= isWord(cursor.token, ...COMBINE);
    return select;
  }

  private _begin(select: IDraft, clause: Clause): void {
    select.clauses.push({ clause, from: this._cursor.here, to: this._text.length });
  }

  /** Read the next clause; false where there is none. */
  private _clause(select: IDraft): boolean {
    const cursor = this._cursor;
    const clause = CLAUSES.find(([word]) => isWord(cursor.token, word))?.[1];
    if (isWord(cursor.token, 'FROM')) {
      this._begin(select, 'from');
      cursor.at += 1;
      this._tables(select);
    } else if (clause !== undefined) {
      this._begin(select, clause);
      cursor.at += 1;
      cursor.word('BY');
      this._expressions.readList(select, clause);
    } else {
      return false;
    }
    return true;
  }

  private _items(select: IDraft): void {
    const cursor = this._cursor;
    const { names } = this._expressions;
    do {
      const { at } = cursor;
      const known = names.length;
      this._expressions.read(select, 'select');
      const tokens = cursor.tokens.slice(at, cursor.at);
      if (tokens.length > 0) {
        const use = names[known];
        const last = tokens[tokens.length - 1];
        const isStar = use === undefined && tokens.length === 1 && isSign(last, '*');
        select.items.push({
          from: tokens[0].from,
          to: last.to,
          name: itemName(tokens, use),
          star: isStar ? [] : use?.star ? use.parts : null
        });
      }
    } while (cursor.sign(','));
  }

  private _tables(select: IDraft): void {
    const cursor = this._cursor;
    const parts = {
      query: () => this._query(select),
      condition: () => {
        this._begin(select, 'on');
        cursor.at += 1;
        this._expressions.read(select, 'on');
      },
      begin: (clause: Clause) => this._begin(select, clause)
    };
    new FromReader(cursor, parts, select, this._strays).read();
    select.tables.forEach(table => this._count(table));
  }

  /** Count a table or subquery; with too many of them, there is nothing more to read. */
  private _count(part: ISpan): void {
    this._parts += 1;
    if (this._parts > MOST_PARTS && this._beyond === null) {
      this._beyond = tooMany(part);
      this._cursor.at = this._cursor.tokens.length;
    }
  }

  private readonly _cursor: TokenCursor;
  private readonly _expressions: ExpressionReader;
  private readonly _comments: readonly IToken[];
  private readonly _selects: ISelect[] = [];
  private readonly _strays: IToken[] = [];
  private _parts = 0;
  private _beyond: IBeyond | null;
}

/** A SELECT of which nothing but its surroundings is known yet. */
function draft(
  parent: ISelect | null,
  named: readonly INamedQuery[],
  from: number
): IDraft {
  return {
    from,
    to: from,
    parent,
    named,
    distinct: false,
    top: null,
    items: [],
    tables: [],
    merged: new Set<string>(),
    clauses: [],
    combined: false
  };
}
