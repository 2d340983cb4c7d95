import { isSign, type IToken } from './lexer.js';
import type { IBeyond } from './outline.js';

/** Letters of a query that is still made out: lists of a thousand identifiers are within. */
export const LONGEST = 200_000;

/** Brackets within brackets that are still made out; each takes some of the stack. */
export const DEEPEST = 100;

/** Tables and subqueries of a query that are still made out. */
export const MOST_PARTS = 500;

/** Problems that are listed of a query. */
export const MOST_PROBLEMS = 200;

const LEFT_ALONE = 'It is sent as it stands, but not checked, completed or formatted.';

/** Where a query is too long or too deep to be made out; null where it is not. */
export function beyondOf(text: string, tokens: readonly IToken[]): IBeyond | null {
  return text.length > LONGEST ? tooLong(tokens) : tooDeep(tokens);
}

/** What is said of the first of too many tables and subqueries. */
export function tooMany({ from, to }: Pick<IToken, 'from' | 'to'>): IBeyond {
  const message = `This query has more than ${MOST_PARTS} tables and subqueries. ${LEFT_ALONE}`;
  return { from, to, message };
}

function tooLong(tokens: readonly IToken[]): IBeyond {
  const letters = LONGEST.toLocaleString('en');
  const message = `This query is longer than ${letters} letters. ${LEFT_ALONE}`;
  const [{ from, to }] = [...tokens.slice(0, 1), { from: 0, to: 0 }];
  return { from, to, message };
}

function tooDeep(tokens: readonly IToken[]): IBeyond | null {
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, '(')) {
      depth += 1;
    } else if (isSign(token, ')')) {
      depth = Math.max(0, depth - 1);
    }
    if (depth > DEEPEST) {
      const message = `More than ${DEEPEST} brackets are open here. ${LEFT_ALONE}`;
      return { from: token.from, to: token.to, message };
    }
  }
  return null;
}
