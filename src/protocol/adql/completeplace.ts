import { type IToken, isName, isSign, isWord } from './lexer.js';
import {
  type Clause,
  clauseAt,
  indexBefore,
  type INamePart,
  type IOutline,
  type ISelect,
  selectAt
} from './outline.js';
import { partOf } from './cursor.js';
import { isReserved } from './reserved.js';
import { BEGINS_OPERAND, JOIN_WORDS, WANTS_OPERAND } from './words.js';

/** Where a name is being typed. */
export interface IPlaceOfName {
  /** What a chosen name replaces. */
  readonly from: number;
  readonly to: number;
  /** What was typed of it, without quotes. */
  readonly typed: string;
  /** It was begun with a quote, so that it can only be a name. */
  readonly isQuoted: boolean;
  /** What stands before its dot. */
  readonly qualifier: readonly INamePart[];
  readonly select: ISelect | null;
  /** Null before the first SELECT. */
  readonly clause: Clause | null;
  /**
   * - `table`: a table
   * - `name`: a column, a function, or a word that begins an operand
   * - `word`: a keyword that goes on behind something complete
   */
  readonly wants: 'table' | 'name' | 'word';
  /** The token before it. */
  readonly before: IToken | null;
  /** Keywords are written in lower case here. */
  readonly isLower: boolean;
}

/**
 * What is being typed at an offset; null within comments, texts and numbers, and in a query
 * that is too much to be made out.
 */
export function placeAt(outline: IOutline, cursor: number): IPlaceOfName | null {
  const { tokens, beyond } = outline;
  if (beyond !== null || isClosed(outline, cursor)) {
    return null;
  }
  const index = indexBefore(tokens, cursor);
  const typing = tokens[index];
  const isTyping = isName(typing) && typing.from < cursor && cursor <= typing.to;
  const end = isTyping ? index : index + (isBefore(typing, cursor) ? 1 : 0);
  const qualifier = qualifierBefore(tokens, end);
  const last = end - 1 - 2 * qualifier.length;
  const before = tokens[last] ?? null;
  const select = selectAt(outline, cursor);
  const clause = select && clauseAt(select, isTyping ? typing.from : cursor);
  const from = isTyping ? typing.from : cursor;
  return {
    from,
    // A name whose closing quote is still to come reaches to the end of the line.
    to: isTyping && !typing.open ? typing.to : cursor,
    isQuoted: isTyping && typing.kind === 'delimited',
    typed: isTyping ? outline.text.slice(from, cursor).replace(/^"/, '') : '',
    qualifier,
    select,
    clause,
    wants: wantedAt(before, clause, select, isAllColumns(tokens, last)),
    before,
    isLower: isWord(tokens[0], 'SELECT', 'WITH') && /^[a-z]/.test(tokens[0].text)
  };
}

/** Nothing is completed inside of these. */
function isClosed({ tokens, comments }: IOutline, cursor: number): boolean {
  const isInside = ({ from, to, open }: IToken): boolean =>
    from < cursor && (cursor < to || (open && cursor === to));
  return (
    comments.some(token => token.from < cursor && cursor <= token.to) ||
    tokens.some(
      token =>
        (token.kind === 'string' && isInside(token)) ||
        (token.kind === 'number' && token.from < cursor && cursor <= token.to)
    )
  );
}

function isBefore(token: IToken | undefined, cursor: number): boolean {
  return token === undefined || token.to <= cursor;
}

/** The parts of a name before the token at `end`, each with a dot behind it. */
function qualifierBefore(tokens: readonly IToken[], end: number): INamePart[] {
  const parts: INamePart[] = [];
  for (let at = end - 1; isSign(tokens[at], '.'); at -= 2) {
    const token = tokens[at - 1];
    if (!isName(token)) {
      break;
    }
    parts.unshift(partOf(token));
  }
  return parts;
}

function wantedAt(
  before: IToken | null,
  clause: Clause | null,
  select: ISelect | null,
  isStar: boolean
): IPlaceOfName['wants'] {
  if (select === null || before === null) {
    return 'word';
  }
  if (clause === 'from') {
    const begins = isWord(before, 'FROM', ...JOIN_WORDS) || isSign(before, ',', '(');
    return begins ? 'table' : 'word';
  }
  return !isStar && isOperandWanted(before, select) ? 'name' : 'word';
}

/** `*` for all columns, and not for a product. */
function isAllColumns(tokens: readonly IToken[], at: number): boolean {
  const before = tokens[at - 1];
  return (
    isSign(tokens[at], '*') &&
    (isSign(before, '.', ',', '(') || isWord(before, 'SELECT', 'DISTINCT', 'ALL'))
  );
}

/** True where something complete does not stand before. */
function isOperandWanted(before: IToken, { top }: ISelect): boolean {
  if (before === top) {
    return true;
  }
  if (before.kind === 'operator') {
    return !isSign(before, ')');
  }
  const word = before.text.toUpperCase();
  return (
    before.kind === 'word' &&
    isReserved(word) &&
    (WANTS_OPERAND.has(word) || (!BEGINS_OPERAND.has(word) && word !== 'AS'))
  );
}
