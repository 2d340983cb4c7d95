import {
  type ICandidate,
  type ICompletion,
  aliases,
  columns,
  functions,
  keyword,
  namedQueries,
  schemas,
  tables,
  tablesOfSchema,
  uploads
} from './candidates.js';
import { type IPlaceOfName, placeAt } from './completeplace.js';
import type { ITapCapability } from '../vosi.js';
import { keywordsAt } from './keywords.js';
import { columnsOf } from './names.js';
import { parseOutline } from './parse.js';
import { splitName } from './quote.js';
import { type INameSpace, scopeOf, UPLOAD_SCHEMA } from './scope.js';
import { Sight } from './sight.js';
import type { IScopeTable } from './scopetable.js';

export type { ICompletion } from './candidates.js';

/** What can stand at a place of the text. */
export interface ICompletions {
  /** What it replaces: the begun name. */
  readonly from: number;
  readonly to: number;
  /** What was typed of it, without quotes. */
  readonly typed: string;
  /** Best first. */
  readonly items: readonly ICompletion[];
}

/** What is offered. */
export interface ICompletionContext extends INameSpace {
  /** Null where the service does not say what it can. */
  readonly capability: ITapCapability | null;
  /** The table to take columns of while there is no FROM clause; a name as in ADQL. */
  readonly table?: string;
}

/** Nobody reads on beyond so many. */
const MOST = 200;

/**
 * What can stand at the cursor; null within comments and texts, and where nothing fits.
 *
 * @param cursor - offset in the text
 */
export function complete(
  text: string,
  cursor: number,
  context: ICompletionContext
): ICompletions | null {
  const place = placeAt(parseOutline(text), cursor);
  if (place === null) {
    return null;
  }
  const { from, to, typed } = place;
  const items = best(candidates(place, context), typed.toLowerCase());
  return items.length > 0 ? { from, to, typed, items } : null;
}

/** The likeliest groups first; what was begun with a quote can only be a name. */
function candidates(place: IPlaceOfName, context: ICompletionContext): ICandidate[][] {
  const { qualifier, wants, isQuoted, isLower, select } = place;
  if (qualifier.length > 0) {
    return [wants === 'table' ? ofSchema(place, context) : ofTable(place, context)];
  }
  const keywords = isQuoted
    ? []
    : keywordsAt(place).map(word => keyword(word, isLower));
  if (wants === 'word') {
    return [keywords];
  }
  if (wants === 'table') {
    return [namedQueries(select), tables(context), schemas(context), keywords];
  }
  const sight = sightOf(place, context);
  const own = isQuoted ? [] : functions(context.capability);
  return [columns(sight), aliases(sight), own, keywords];
}

function ofSchema(
  { qualifier }: IPlaceOfName,
  context: ICompletionContext
): ICandidate[] {
  const name = qualifier.map(({ text }) => text).join('.');
  return name.toUpperCase() === UPLOAD_SCHEMA
    ? uploads(context)
    : tablesOfSchema(name, context);
}

function ofTable(place: IPlaceOfName, context: ICompletionContext): ICandidate[] {
  const sight = sightOf(place, context);
  const table = new Sight(sight, sight.length).qualifier(place.qualifier);
  return table ? columns([table]) : [];
}

/** The tables whose columns can be named; the one searched where no FROM says others. */
function sightOf(
  { select }: IPlaceOfName,
  { table: searched, ...space }: ICompletionContext
): readonly IScopeTable[] {
  const sight = select ? scopeOf(space).sight(select).tables : [];
  const parts = searched === undefined ? [] : splitName(searched);
  const table = space.names.find(parts.map(text => ({ text })));
  if (sight.length > 0 || table === null) {
    return sight;
  }
  const use = { from: 0, to: 0, parts: [], alias: null, query: null, opaque: false };
  const known = columnsOf(table.description);
  return [{ use, label: '', title: table.name, table, columns: known, exists: true }];
}

/** The candidates that fit what was typed, in the order of how well they do. */
function best(groups: readonly ICandidate[][], wanted: string): ICompletion[] {
  const ranked: { candidate: ICandidate; rank: number }[] = [];
  groups.forEach((group, place) => {
    for (const candidate of group) {
      const match = matchOf(candidate.key, wanted);
      if (match !== null) {
        ranked.push({ candidate, rank: match * groups.length + place });
      }
    }
  });
  // Before anything was typed, the order of the service is the best there is.
  if (wanted !== '') {
    ranked.sort(
      (one, other) =>
        one.rank - other.rank || (one.candidate.key < other.candidate.key ? -1 : 1)
    );
  }
  return ranked.slice(0, MOST).map(({ candidate }) => candidate.make());
}

/** 0 for a beginning, 1 for the beginning of a word in it, 2 for anywhere; else null. */
function matchOf(key: string, wanted: string): number | null {
  const at = key.indexOf(wanted);
  if (at <= 0) {
    return at === 0 ? 0 : null;
  }
  return key.includes(`_${wanted}`) || key.includes(`.${wanted}`) ? 1 : 2;
}
