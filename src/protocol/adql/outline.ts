import type { IToken } from './lexer.js';

/** Where in a SELECT something is; `on` for the conditions of joins. */
export type Clause =
  'select' | 'from' | 'on' | 'where' | 'group' | 'having' | 'order' | 'offset';

/** A stretch of the text, by offsets; `to` is behind its last character. */
export interface ISpan {
  readonly from: number;
  readonly to: number;
}

/** A part of a name between dots. */
export interface INamePart extends ISpan {
  /** Without quotes. */
  readonly text: string;
  /** Written in double quotes, so that case matters. */
  readonly quoted: boolean;
}

/** A name in the text, with what stands before its dots. */
export interface INameUse extends ISpan {
  readonly parts: readonly INamePart[];
  readonly select: ISelect;
  readonly clause: Clause;
  /** `o.*`: all columns of what the parts name. */
  readonly star: boolean;
  /** A word that ADQL reserves, where only a name makes sense. */
  readonly reserved: boolean;
  /**
   * Operand straight before it, without an operator or comma between: in a SELECT list the
   * name is a new name of that; elsewhere something is missing.
   */
  readonly behind: ISpan | null;
  /** Operator before it: `=`, `<` …, or null. */
  readonly operator: IToken | null;
}

/** A function that is called. */
export interface ICall extends ISpan {
  /** As written, without quotes. */
  readonly name: string;
  readonly select: ISelect;
  /** What is between brackets and commas; empty where there is nothing at all. */
  readonly args: readonly ISpan[];
}

/** A table of a FROM clause. */
export interface ITableUse extends ISpan {
  /** Empty for a query in brackets. */
  readonly parts: readonly INamePart[];
  /** The name it has in this query, if it was given one. */
  readonly alias: INamePart | null;
  /** The query in brackets that stands for it. */
  readonly query: ISelect | null;
  /** Its columns cannot be known: a table function, or columns given new names. */
  readonly opaque: boolean;
}

/** A column of a SELECT list. */
export interface ISelectItem extends ISpan {
  /** Name of the column in the answer; null where the service makes one up. */
  readonly name: string | null;
  /** `*`, or `o.*` with the parts before it. */
  readonly star: readonly INamePart[] | null;
}

/** A query with a name (ADQL 2.1 §2.2.5). */
export interface INamedQuery {
  readonly name: INamePart;
  /** Null while it is not written yet. */
  readonly query: ISelect | null;
  /** Given new names for its columns. */
  readonly opaque: boolean;
}

/** One SELECT with what belongs to it. */
export interface ISelect extends ISpan {
  /** The SELECT around it. */
  readonly parent: ISelect | null;
  /** Named queries before it. */
  readonly named: readonly INamedQuery[];
  readonly distinct: boolean;
  /** What stands behind TOP. */
  readonly top: IToken | null;
  readonly items: readonly ISelectItem[];
  readonly tables: readonly ITableUse[];
  /** Columns in both of two joined tables are one: NATURAL, or in USING. */
  readonly merged: ReadonlySet<string> | 'all';
  /** In the order of the text, each from its keyword on. */
  readonly clauses: readonly (ISpan & { readonly clause: Clause })[];
  /** Part of a UNION, EXCEPT or INTERSECT. */
  readonly combined: boolean;
}

/** Where a query goes beyond what is made out, and what is said of that. */
export interface IBeyond extends ISpan {
  /** What is the case, and what is not done for the query. */
  readonly message: string;
}

/** What can be made out of a text that may be wrong or unfinished. */
export interface IOutline {
  readonly text: string;
  /** Without comments. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  /** In the order of their beginnings; the first is the query itself. */
  readonly selects: readonly ISelect[];
  /** Names of columns, functions and tables apart. */
  readonly names: readonly INameUse[];
  readonly calls: readonly ICall[];
  /** Tokens that fit nowhere in a FROM clause. */
  readonly strays: readonly IToken[];
  /** Too much to be made out: nothing of the rest can be relied on. */
  readonly beyond: IBeyond | null;
}

/** The innermost SELECT around an offset. */
export function selectAt(outline: IOutline, offset: number): ISelect | null {
  // Those that begin later lie further inside.
  return last(outline.selects, ({ from, to }) => from < offset && offset <= to);
}

/** The clause of a SELECT that an offset is in. */
export function clauseAt(select: ISelect, offset: number): Clause | null {
  return last(select.clauses, ({ from }) => from < offset)?.clause ?? null;
}

/** Index of the last token that begins before an offset; -1 for none. */
export function indexBefore(tokens: readonly IToken[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle].from < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

function last<T>(items: readonly T[], holds: (item: T) => boolean): T | null {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    if (holds(items[index])) {
      return items[index];
    }
  }
  return null;
}
