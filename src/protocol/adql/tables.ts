import { TokenCursor } from './cursor.js';
import { isName, isWord, tokenize } from './lexer.js';
import { parseOutline } from './parse.js';
import { findNamed } from './scope.js';

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

/** The parts of all table names in a query, without quotes; not those of named queries. */
export function tablesNamed(adql: string): string[][] {
  return parseOutline(adql).selects.flatMap(select =>
    select.tables
      .filter(({ parts }) => parts.length > 0 && findNamed(select, parts) === null)
      .map(({ parts }) => parts.map(({ text }) => text))
  );
}
