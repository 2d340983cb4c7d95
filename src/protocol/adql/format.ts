import { beyondOf } from './bounds.js';
import { isName, isSign, isWord, type IToken, tokenize } from './lexer.js';
import { CLAUSE_WORDS, JOIN_WORDS, NO_CALL } from './words.js';
import { GEOMETRY_NAMES, STANDARD_NAMES } from './functions.js';

/** Columns after which a list goes on in the next line. */
const WIDTH = 88;

/** Words that are written in capitals where they are no part of a name. */
const CAPITALS: ReadonlySet<string> = new Set([
  ...CLAUSE_WORDS,
  ...JOIN_WORDS,
  ...NO_CALL,
  ...['TOP', 'DISTINCT', 'ASC', 'DESC', 'NULL', 'END', 'ON', 'ESCAPE']
]);

/** Words before which a clause begins a new line. */
const LINE_WORDS = [...CLAUSE_WORDS, 'WITH'] as const;

/**
 * A query in the usual layout: a line for each clause, joined table and condition, lists
 * wrapped, keywords in capitals. Names, texts and comments stay as they are, byte for byte;
 * formatting twice changes nothing more. A text with a quote that has no end stays as it is,
 * and so does one that is too much to be made out; `findProblems` says so of both.
 */
export function formatAdql(text: string): string {
  const tokens = tokenize(text);
  if (tokens.some(({ open }) => open) || beyondOf(text, tokens) !== null) {
    return text;
  }
  return new Layout(text, tokens).write();
}

/** Brackets that are open: those around a query are laid out, others stay in their line. */
interface IBracket {
  readonly isQuery: boolean;
  readonly indent: number;
  /** Where lists of the clause go on. */
  hang: number;
  /** BETWEENs whose AND has not come yet. */
  betweens: number;
}

class Layout {
  constructor(
    private readonly _text: string,
    private readonly _tokens: readonly IToken[]
  ) {}

  write(): string {
    this._tokens.forEach((token, at) => this._put(token, at));
    return this._lines.concat(this._line).join('\n');
  }

  private get _bracket(): IBracket {
    return this._brackets[this._brackets.length - 1];
  }

  private _put(token: IToken, at: number): void {
    if (token.kind === 'comment') {
      this._comment(token, at);
      return;
    }
    const before = this._before(at);
    const written = this._written(token, at);
    const indent = this._lineAt(token, at, before);
    if (indent !== null) {
      this._newLine(indent);
    } else if (this._isEnded || this._isTooLong(written, token, before)) {
      this._newLine(this._bracket.hang);
    }
    const isSpaced = this._isFilled && this._needsSpace(before, token, at);
    this._write(isSpaced, written);
    this._after(token, at, written);
  }

  /** A comment stays behind what it is behind, or in a line of its own. */
  private _comment(token: IToken, at: number): void {
    const gap = this._text.slice(this._tokens[at - 1]?.to ?? 0, token.from);
    const isOwn = at === 0 || /[\r\n]/.test(gap);
    if ((isOwn && this._isFilled) || this._isEnded) {
      this._newLine(this._bracket.indent);
    }
    this._write(this._isFilled, token.text);
    this._isEnded = token.text.startsWith('--');
  }

  private _write(isSpaced: boolean, text: string): void {
    this._line += isSpaced ? ` ${text}` : text;
    this._isFilled = true;
  }

  /** Indentation of the line that a token begins; null where it begins none. */
  private _lineAt(
    token: IToken,
    at: number,
    before: IToken | undefined
  ): number | null {
    const bracket = this._bracket;
    if (before === undefined || !bracket.isQuery || isSign(before, '.')) {
      return null;
    }
    if (isSign(token, ')')) {
      return this._brackets.length > 1 ? bracket.indent - 2 : null;
    }
    if (isSign(before, '(') && this._brackets.length > 1) {
      return bracket.indent;
    }
    if (this._beginsClause(token, at, before)) {
      return bracket.indent;
    }
    const isJoin = isWord(token, ...JOIN_WORDS) && !isWord(before, ...JOIN_WORDS);
    const isCondition =
      isWord(token, 'OR') || (isWord(token, 'AND') && bracket.betweens === 0);
    const isPart = isSign(this._tokens[at + 1], '.', '(') && !isCondition;
    return (isJoin || isCondition) && !isPart ? bracket.indent + 2 : null;
  }

  private _beginsClause(token: IToken, at: number, before: IToken): boolean {
    const isNext = (...words: string[]): boolean =>
      isWord(this._tokens[at + 1], ...words);
    if (isWord(token, 'GROUP', 'ORDER')) {
      return isNext('BY');
    }
    const isPart = isSign(this._tokens[at + 1], '.');
    return isWord(token, ...LINE_WORDS) && !isPart && !isWord(before, 'AS');
  }

  /** Remember what the token opens, closes, or makes of the lines after it. */
  private _after(token: IToken, at: number, written: string): void {
    const bracket = this._bracket;
    if (isSign(token, '(')) {
      this._open(isWord(this._tokens[this._nextAt(at)], 'SELECT', 'WITH'));
    } else if (isSign(token, ')') && this._brackets.length > 1) {
      this._brackets.pop();
    } else if (isWord(token, 'BETWEEN')) {
      bracket.betweens += 1;
    } else if (isWord(token, 'AND') && bracket.betweens > 0) {
      bracket.betweens -= 1;
    } else if (bracket.isQuery && isWord(token, ...LINE_WORDS)) {
      bracket.hang = bracket.indent + written.length + 1;
      bracket.betweens = 0;
    }
  }

  private _open(isQuery: boolean): void {
    const { indent, hang } = this._bracket;
    this._brackets.push(
      isQuery
        ? { isQuery, indent: indent + 4, hang: indent + 4, betweens: 0 }
        : { isQuery, indent, hang, betweens: 0 }
    );
  }

  private _isTooLong(
    written: string,
    token: IToken,
    before: IToken | undefined
  ): boolean {
    return (
      isSign(before, ',') &&
      !isSign(token, ',') &&
      this._line.length + written.length + 1 > WIDTH
    );
  }

  private _newLine(indent: number): void {
    if (this._isFilled) {
      this._lines.push(this._line);
    }
    this._line = ' '.repeat(indent);
    this._isFilled = false;
    this._isEnded = false;
  }

  /** The token before, comments apart. */
  private _before(at: number): IToken | undefined {
    let index = at - 1;
    while (this._tokens[index]?.kind === 'comment') {
      index -= 1;
    }
    return this._tokens[index];
  }

  private _nextAt(at: number): number {
    let index = at + 1;
    while (this._tokens[index]?.kind === 'comment') {
      index += 1;
    }
    return index;
  }

  /** Whether a blank is needed, or usual, before a token. */
  private _needsSpace(before: IToken | undefined, token: IToken, at: number): boolean {
    if (before === undefined) {
      return false;
    }
    if (isSign(token, '.') || isSign(before, '.')) {
      // Between numbers a dot would become part of one.
      const other = isSign(token, '.') ? before : token;
      return !isName(other) && !isSign(other, '*');
    }
    const isClose = isSign(before, '(') || isSign(token, ')', ',', ';');
    const isSigned = token.kind !== 'operator' && this._isUnary(at);
    return !isClose && !isSigned && !this._isCall(at);
  }

  /** True behind the sign of a number, which is no operator between two. */
  private _isUnary(at: number): boolean {
    const sign = this._tokens[at - 1];
    const before = this._before(at - 1);
    const isOperand =
      isSign(before, ')') ||
      (before !== undefined && before.kind !== 'operator' && !isKeyword(before));
    return isSign(sign, '-', '+') && !isOperand;
  }

  /** True for the bracket of a function call, which stands close to its name. */
  private _isCall(at: number): boolean {
    const before = this._before(at);
    return (
      isSign(this._tokens[at], '(') &&
      isName(before) &&
      (before.kind === 'delimited' || !NO_CALL.has(before.text.toUpperCase()))
    );
  }

  private _written(token: IToken, at: number): string {
    const word = token.text.toUpperCase();
    if (token.kind !== 'word' || isSign(this._before(at), '.')) {
      return token.text;
    }
    const next = this._tokens[this._nextAt(at)];
    const isFunction =
      isSign(next, '(') && (GEOMETRY_NAMES.has(word) || STANDARD_NAMES.has(word));
    return (isFunction || isKeyword(token)) && !isSign(next, '.') ? word : token.text;
  }

  private readonly _brackets: IBracket[] = [
    { isQuery: true, indent: 0, hang: 0, betweens: 0 }
  ];
  private readonly _lines: string[] = [];
  private _line = '';
  /** More than its indentation is in the line. */
  private _isFilled = false;
  /** A comment ended the line: what comes next begins another. */
  private _isEnded = false;
}

function isKeyword({ kind, text }: IToken): boolean {
  return kind === 'word' && CAPITALS.has(text.toUpperCase());
}
