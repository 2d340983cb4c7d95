import { TokenCursor } from './cursor.js';
import { isName, isWord, tokenize } from './lexer.js';

/**
 * The first table that a query reads, in a person's spelling (without quotes); null where
 * none can be made out. Tolerant: the text may be wrong or unfinished ADQL.
 */
export function firstTable(adql: string): string | null {
  const tokens = tokenize(adql).filter(({ kind }) => kind !== 'comment');
  const cursor = new TokenCursor(tokens, adql.length);
  cursor.at = tokens.findIndex(
    (token, index) => isName(token) && isWord(tokens[index - 1], 'FROM')
  );
  return cursor.at < 0
    ? null
    : cursor
        .parts()
        .map(({ text }) => text)
        .join('.');
}
