import { unquoteName } from './quote.js';

/** A part of a name: delimited (ADQL 2.1 §2.1.2) or, tolerantly, any word. */
const PART = /"(?:[^"]|"")*"|[\p{L}\p{N}_$@#]+/u.source;

/** Comments, literals, names with their schemas, and anything else, letter by letter. */
const TOKENS = new RegExp(
  `--[^\\n]*|'(?:[^']|'')*'|(?:${PART})(?:\\s*\\.\\s*(?:${PART}))*|\\S`,
  'gu'
);

const NAME = new RegExp(`^(?:${PART})`, 'u');

/**
 * The first table that a query reads, in a person's spelling (without quotes); null where
 * none can be made out. Tolerant: the text may be wrong or unfinished ADQL.
 */
export function firstTable(adql: string): string | null {
  const tokens = [...adql.matchAll(TOKENS)]
    .map(([token]) => token)
    .filter(token => !token.startsWith('--'));
  const name = tokens.find(
    (token, index) => tokens[index - 1]?.toUpperCase() === 'FROM' && NAME.test(token)
  );
  if (name === undefined) {
    return null;
  }
  return [...name.matchAll(new RegExp(PART, 'gu'))]
    .map(([part]) => unquoteName(part))
    .join('.');
}
