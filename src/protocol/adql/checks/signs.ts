import { isSign, isWord, type IToken } from '../lexer.js';
import type { IOutline } from '../outline.js';
import { quoteIdentifier, quoteLiteral } from '../quote.js';
import { type IFinding, replace } from './types.js';

/** Signs that come from other languages or word processors, and what ADQL writes. */
const FOREIGN: Readonly<Record<string, readonly [string, string]>> = {
  '==': ['=', 'ADQL compares with =.'],
  '\u2212': ['-', 'This is not the minus sign of the keyboard.'],
  '\u2013': ['-', 'This is a dash and not a minus sign.'],
  '\u2018': ["'", 'This is not the straight quote of the keyboard.'],
  '\u2019': ["'", 'This is not the straight quote of the keyboard.'],
  '\u201c': ['"', 'This is not the straight quote of the keyboard.'],
  '\u201d': ['"', 'This is not the straight quote of the keyboard.']
};

/** Brackets without a partner, quotes without an end, signs that ADQL does not have. */
export function* checkSigns(outline: IOutline): Generator<IFinding> {
  yield* brackets(outline.tokens);
  for (const [index, token] of outline.tokens.entries()) {
    if (token.open) {
      yield openQuote(token);
    } else if (token.kind === 'operator' && token.text in FOREIGN) {
      const [right, message] = FOREIGN[token.text];
      yield { ...token, severity: 'error', message, fix: replace(token, right) };
    } else if (isSign(token, ';')) {
      yield semicolon(token, index === outline.tokens.length - 1);
    } else if (isSign(token, ',')) {
      yield* comma(token, outline.tokens[index - 1], outline.tokens[index + 1]);
    }
  }
  yield* comments(outline.comments);
}

function* brackets(tokens: readonly IToken[]): Generator<IFinding> {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (isSign(token, '(')) {
      open.push(token);
    } else if (isSign(token, ')') && !open.pop()) {
      const message = 'This bracket closes none. Remove it, or open one before.';
      yield { ...token, severity: 'error', message, fix: replace(token, '') };
    }
  }
  for (const token of open) {
    yield { ...token, severity: 'error', message: 'This bracket is not closed.' };
  }
}

function openQuote(token: IToken): IFinding {
  const isText = token.kind === 'string';
  const written = token.text.slice(1).trimEnd();
  const fix = replace(token, isText ? quoteLiteral(written) : quoteIdentifier(written));
  const message = isText
    ? 'This text has no end. A quote within a text is written twice.'
    : 'This name has no end. Names in double quotes end with one.';
  return { ...token, severity: 'error', message, ...(written && { fix }) };
}

function semicolon(token: IToken, isLast: boolean): IFinding {
  return isLast
    ? {
        ...token,
        severity: 'warning',
        message: 'Some services refuse a query with a semicolon at its end.',
        fix: replace(token, '')
      }
    : {
        ...token,
        severity: 'error',
        message: 'A query is one statement; nothing may follow a semicolon.'
      };
}

function* comma(
  token: IToken,
  before: IToken | undefined,
  after: IToken | undefined
): Generator<IFinding> {
  const isLast =
    isSign(after, ')', ',') ||
    isWord(after, 'FROM', 'WHERE', 'GROUP', 'ORDER', 'HAVING');
  if (isLast || after === undefined) {
    const message = 'Something is missing behind this comma.';
    const fix = isLast ? { fix: replace(token, '') } : {};
    yield { ...token, severity: 'error', message, ...fix };
  } else if (isWord(before, 'SELECT', 'FROM', 'BY', 'WHERE')) {
    const message = 'Something is missing before this comma.';
    yield { ...token, severity: 'error', message, fix: replace(token, '') };
  }
}

function* comments(tokens: readonly IToken[]): Generator<IFinding> {
  for (const token of tokens) {
    if (token.text.startsWith('/*')) {
      const message =
        'ADQL has no such comments. They begin with -- and end with the line.';
      yield { ...token, severity: token.open ? 'error' : 'warning', message };
    }
  }
}
