import type { ITapCapability } from '../../vosi.js';
import { isSign, isWord, type IToken } from '../lexer.js';
import { nearestName } from '../nearest.js';
import { indexBefore, type IOutline, type ISelect } from '../outline.js';
import { CLAUSE_WORDS } from '../words.js';
import { type ICheckContext, type IFinding, replace } from './types.js';

/** Clauses of other dialects, missing ones, misspelt ones, and the limit of rows. */
export function* checkClauses(
  outline: IOutline,
  context: ICheckContext
): Generator<IFinding> {
  const [first] = outline.tokens;
  if (first !== undefined && !isWord(first, 'SELECT', 'WITH') && !isSign(first, '(')) {
    yield beginning(first);
    return;
  }
  yield* unfinished(outline);
  yield* limits(outline, context);
  yield* misspelt(outline);
  for (const token of outline.tokens) {
    if (isWord(token, 'ESCAPE')) {
      const message = 'Most services do not know ESCAPE behind LIKE.';
      yield { ...token, severity: 'warning', message };
    }
  }
  yield* newer(outline, context.capability);
}

/** A SELECT without columns, or a FROM without a table. */
function* unfinished({ selects, tokens }: IOutline): Generator<IFinding> {
  for (const { from, items, tables, clauses } of selects) {
    const table = clauses.find(({ clause }) => clause === 'from');
    const places = [
      items.length === 0 ? from : undefined,
      tables.length === 0 ? table?.from : undefined
    ];
    for (const place of places) {
      if (place !== undefined) {
        const token = tokenFrom(tokens, place);
        const message = `Something is missing behind ${token.word}.`;
        yield { from: token.from, to: token.to, severity: 'error', message };
      }
    }
  }
}

/** The token that begins at an offset, or the first one behind it. */
function tokenFrom(tokens: readonly IToken[], from: number): IToken {
  return tokens[indexBefore(tokens, from) + 1];
}

function beginning(token: IToken): IFinding {
  const near = nearestName(token.text, ['SELECT', 'WITH']);
  return {
    ...token,
    severity: 'error',
    message: 'A query begins with SELECT.',
    ...(near && { fix: replace(token, near) })
  };
}

function* limits(outline: IOutline, { rowLimit }: ICheckContext): Generator<IFinding> {
  yield* foreignLimit(outline);
  const main = outline.selects.find(({ parent }) => parent === null);
  if (main === undefined || rowLimit === undefined || main.items.length === 0) {
    return;
  }
  const top = main.top && Number(main.top.text);
  const limit = rowLimit.toLocaleString('en');
  if (main.top !== null && top !== null && top > rowLimit) {
    const message = `TOP is more than the row limit: ${limit} rows will come at most.`;
    yield { ...main.top, severity: 'warning', message };
  } else if (main.top === null && !isOneRow(main, outline)) {
    const message = `No TOP. The row limit of ${limit} will be sent with the query.`;
    yield { from: main.from, to: main.from + 6, severity: 'warning', message };
  }
}

/** Totals without groups are one row. */
function isOneRow(select: ISelect, { calls }: IOutline): boolean {
  const totals = new Set(['COUNT', 'MIN', 'MAX', 'AVG', 'SUM']);
  const places = new Set(
    calls.filter(({ name }) => totals.has(name.toUpperCase())).map(({ from }) => from)
  );
  return (
    !select.clauses.some(({ clause }) => clause === 'group') &&
    select.items.every(({ from }) => places.has(from))
  );
}

/** `LIMIT 10`, as other databases have it; ADQL writes TOP behind SELECT. */
function* foreignLimit({ tokens, selects }: IOutline): Generator<IFinding> {
  for (const [index, token] of tokens.entries()) {
    const number = tokens[index + 1];
    if (isWord(token, 'LIMIT') && number?.kind === 'number') {
      const top = `TOP ${number.text}`;
      const changes = [{ from: token.from, to: number.to, insert: '' }];
      const select = selects.filter(({ from }) => from < token.from).pop();
      if (select && select.top === null) {
        const behind = tokenFrom(tokens, select.from).to;
        const [item] = select.items;
        // Behind DISTINCT, which comes before TOP (ADQL 2.1 §2.2).
        const place = select.distinct && item ? item.from : behind;
        const insert = select.distinct && item ? `${top} ` : ` ${top}`;
        changes.unshift({ from: place, to: place, insert });
      }
      yield {
        from: token.from,
        to: number.to,
        severity: 'error',
        message: `ADQL has no LIMIT. It writes ${top} behind SELECT.`,
        fix: { text: top, changes }
      };
    }
  }
}

/** `FROM dbo.raw WEHRE …`: a word that fits nowhere, or an alias that was meant otherwise. */
function* misspelt({ strays, selects, tokens }: IOutline): Generator<IFinding> {
  for (const stray of strays) {
    const before: IToken | undefined = tokens[indexBefore(tokens, stray.from)];
    const alias = selects
      .flatMap(({ tables }) => tables)
      .find(table => table.alias?.to === before?.to)?.alias;
    const meant = [alias && before, stray].find(
      token => token?.kind === 'word' && nearestName(token.text, CLAUSE_WORDS)
    );
    const word = meant && nearestName(meant.text, CLAUSE_WORDS);
    yield meant && word
      ? {
          ...meant,
          severity: 'error',
          message: `\u2018${meant.text}\u2019 is no word of ADQL. The nearest one is ${word}.`,
          fix: replace(meant, word)
        }
      : {
          ...stray,
          severity: 'error',
          message: 'This fits nowhere. A comma, JOIN or WHERE may be missing before it.'
        };
  }
}

/** What came with ADQL 2.1, by the kind of feature that announces it (ADQL 2.1 §5). */
const NEWER: readonly (readonly [string, string])[] = [
  ['WITH', 'features-adql-common-table'],
  ['UNION', 'features-adql-sets'],
  ['EXCEPT', 'features-adql-sets'],
  ['INTERSECT', 'features-adql-sets'],
  ['OFFSET', 'features-adql-offset'],
  ['ILIKE', 'features-adql-string']
];

function* newer(
  { tokens }: IOutline,
  capability: ITapCapability | null
): Generator<IFinding> {
  const languages =
    capability?.languages.filter(({ name }) => /^adql$/i.test(name)) ?? [];
  const versions = languages.flatMap(language => language.versions);
  if (versions.length === 0 || versions.some(version => version > '2.0')) {
    return;
  }
  const features = languages.flatMap(language => language.features);
  for (const token of tokens) {
    const kind = NEWER.find(([word]) => isWord(token, word))?.[1];
    const listed = features.filter(({ type }) => type.endsWith(`#${kind}`));
    const has = listed.some(({ forms }) =>
      forms.some(form => form.toUpperCase().includes(token.text.toUpperCase()))
    );
    if (kind !== undefined && !has) {
      const word = token.text.toUpperCase();
      const message = `This service does not say that it understands ${word}.`;
      yield { ...token, severity: 'warning', message };
    }
  }
}
