import type { TranslationBundle } from '@jupyterlab/translation';

import type { Asker } from '../../archives/account.js';
import type { IConstraint } from '../../model/constraints.js';
import type { ErrorKind, ProtocolError } from '../../protocol/errors.js';
import type { ILastRun } from '../../model/history/types.js';
import type { IProvenance, ResultModel } from '../../model/result.js';
import { formatCount, formatInstant } from '../shared/format.js';
import {
  type IAccountSnapshot,
  needsAccount,
  rightsBanner,
  waitBanner
} from './bannerrights.js';
import { type IBanner, type IDetail, plain } from './bannertypes.js';
import { errorSentence, withoutQuery } from './errorwords.js';

/** What the banners depend on. */
export type IResultSnapshot = Pick<
  ResultModel,
  'state' | 'wait' | 'rows' | 'error' | 'overflow' | 'asked' | 'provenance' | 'warnings'
> & {
  /** True when there is a query that could be run. */
  readonly hasRequest: boolean;
  /** As whom the query on screen would be asked. */
  readonly asker: Asker;
  /** True where the rows that follow can be asked for. */
  readonly hasNext?: boolean;
  /** When the query on screen was run last; missing where nobody knows. */
  readonly lastRun?: ILastRun | null;
  /** True when the query on screen is another one than the rows answer. */
  readonly isStale: boolean;
  /** Constraints of the query that was run; missing where no form made it. */
  readonly constraints?: readonly IConstraint[];
  /** The account at the archive that was asked, or would be; null where there is none. */
  readonly account: IAccountSnapshot | null;
};

/** Constraints that are offered for dropping: one of the likeliest is it as a rule. */
const DROPS = 2;

/** The banners for a state, none for a result that simply is there. */
export function banners(trans: TranslationBundle, now: IResultSnapshot): IBanner[] {
  switch (now.state) {
    case 'idle':
      return [now.hasRequest ? notRun(trans, now) : firstUse(trans)];
    case 'loading':
      return now.wait && now.account ? [waitBanner(trans, now.wait, now.account)] : [];
    case 'done':
      return [...staleBanners(trans, now), ...doneBanners(trans, now)];
    case 'partial':
      return [...staleBanners(trans, now), partial(trans, now)];
    case 'cancelled':
      return [cancelled(trans, now)];
    case 'failed':
      return [failed(trans, now)];
  }
}

function firstUse(trans: TranslationBundle): IBanner {
  return {
    ...plain('first-use'),
    headline: trans.__(
      'Choose what to look for under “Search” in the Obsdeck sidebar.'
    ),
    actions: ['search']
  };
}

/** With a way on for those who gave up signing in. */
function notRun(
  trans: TranslationBundle,
  { asker, account, lastRun }: IResultSnapshot
): IBanner {
  const banner = { ...plain('not-run'), headline: trans.__('Not run yet.') };
  const text = lastRun ? lastRunWords(trans, lastRun) : '';
  return asker === 'me' && account?.canSignIn && !account.isSignedIn
    ? {
        ...banner,
        text: joined(text, needsAccount(trans, account)),
        actions: ['sign-in-on']
      }
    : { ...banner, text };
}

/** What there was before, and that it took no request to say so. */
function lastRunWords(
  trans: TranslationBundle,
  { when, rows, error }: ILastRun
): string {
  const instant = formatInstant(when);
  const words =
    error === null
      ? trans._n(
          'Last run %2, %3 row.',
          'Last run %2, %3 rows.',
          rows,
          instant,
          formatCount(rows)
        )
      : trans.__('Last run %1, not to its end.', instant);
  return joined(words, trans.__('Opening it has asked for nothing.'));
}

/** Without words after a failure: there the error's banner says whose the rows are. */
function staleBanners(
  trans: TranslationBundle,
  { isStale, provenance }: IResultSnapshot
): IBanner[] {
  if (!isStale || !provenance) {
    return [];
  }
  return [
    {
      ...plain('stale'),
      headline: trans.__(
        'The rows below answer another query, of %1.',
        formatInstant(provenance.startedAt)
      ),
      text: trans.__('A cell that is inserted now repeats that query.'),
      actions: ['run']
    }
  ];
}

function doneBanners(trans: TranslationBundle, now: IResultSnapshot): IBanner[] {
  const rows = now.rows?.rowCount ?? 0;
  if (now.overflow) {
    return [overflow(trans, rows, now.hasNext), ...repairs(trans, now)];
  }
  return rows === 0 ? [noRows(trans, now)] : repairs(trans, now);
}

/** @param hasNext - the rows that follow can be asked for */
function overflow(trans: TranslationBundle, rows: number, hasNext = false): IBanner {
  const shown = trans._n(
    '%2 row shown; the service has more.',
    '%2 rows shown; the service has more.',
    rows,
    formatCount(rows)
  );
  const none = trans.__('The service says it has more rows, but sent none.');
  return {
    ...plain('overflow'),
    tone: 'warn',
    headline: rows === 0 ? none : shown,
    text: hasNext ? '' : trans.__('Narrow the search or raise the row limit.'),
    actions: hasNext ? ['next'] : []
  };
}

/** With a way out: what to drop, or what else to do. */
function noRows(trans: TranslationBundle, now: IResultSnapshot): IBanner {
  const { constraints, account } = now;
  const drops = (constraints ?? [])
    .slice(0, DROPS)
    .map(({ key }) => `drop-${key}` as const);
  // Where some rows are for some people only, there may be some that this one may not see.
  const why = account?.canSignIn ? (['why-empty'] as const) : [];
  return {
    ...plain('no-rows'),
    headline: trans.__('No rows.'),
    text: noRowsWords(trans, constraints),
    actions: [...drops, ...why],
    constraints: constraints ?? []
  };
}

function noRowsWords(
  trans: TranslationBundle,
  constraints: readonly IConstraint[] | undefined
): string {
  if (!constraints) {
    return trans.__('Change the ADQL and run it again.');
  }
  return constraints.length === 0
    ? trans.__('The table has no rows.')
    : trans.__('Nothing matches. Widen the search or drop a constraint.');
}

function repairs(trans: TranslationBundle, { warnings }: IResultSnapshot): IBanner[] {
  if (warnings.length === 0) {
    return [];
  }
  return [
    {
      ...plain('repairs'),
      headline: trans._n(
        'The answer was mended in %2 place while it was read.',
        'The answer was mended in %2 places while it was read.',
        warnings.length,
        formatCount(warnings.length)
      ),
      details: warnings.map((value, index) => ({ name: String(index + 1), value }))
    }
  ];
}

function partial(trans: TranslationBundle, now: IResultSnapshot): IBanner {
  const rows = now.rows?.rowCount ?? 0;
  const base: IBanner = { ...plain('partial'), tone: 'warn', actions: ['again'] };
  if (now.error?.kind === 'cancelled') {
    return {
      ...base,
      headline: trans._n(
        'Cancelled: %2 row arrived and stays.',
        'Cancelled: %2 rows arrived and stay.',
        rows,
        formatCount(rows)
      )
    };
  }
  return {
    ...base,
    headline: partialWords(trans, now.error?.kind, rows),
    text: now.error
      ? joined(errorSentence(trans, now.error), hint(trans, now.error))
      : '',
    details: details(trans, now)
  };
}

/** How much arrived, and what ended it. */
function partialWords(
  trans: TranslationBundle,
  kind: ErrorKind | undefined,
  rows: number
): string {
  const count = formatCount(rows);
  switch (kind) {
    case 'bad-answer':
      return trans._n(
        'Partial: %2 row arrived before the answer became unreadable.',
        'Partial: %2 rows arrived before the answer became unreadable.',
        rows,
        count
      );
    case 'rejected':
      return trans._n(
        'Partial: %2 row arrived before the service reported an error.',
        'Partial: %2 rows arrived before the service reported an error.',
        rows,
        count
      );
    case 'unavailable':
    case 'timeout':
      return trans._n(
        'Partial: %2 row arrived before the connection broke.',
        'Partial: %2 rows arrived before the connection broke.',
        rows,
        count
      );
    default:
      return trans._n(
        'Partial: only %2 row arrived.',
        'Partial: only %2 rows arrived.',
        rows,
        count
      );
  }
}

function cancelled(trans: TranslationBundle, now: IResultSnapshot): IBanner {
  return {
    ...plain('cancelled'),
    headline: trans.__('Cancelled before the first row.'),
    text: below(trans, now),
    actions: ['again']
  };
}

function failed(trans: TranslationBundle, now: IResultSnapshot): IBanner {
  const { error, asked, account } = now;
  const rights =
    account &&
    rightsBanner(trans, error, asked?.as ?? 'anyone', account, details(trans, now));
  if (rights) {
    return { ...rights, text: joined(rights.text, below(trans, now)) };
  }
  return {
    ...plain('failed'),
    tone: 'bad',
    role: 'alert',
    headline: error ? errorSentence(trans, error) : trans.__('The query failed.'),
    text: joined(hint(trans, error), below(trans, now)),
    actions: ['again'],
    details: details(trans, now)
  };
}

/** What to do about an error; by its kind where the error itself has no better idea. */
function hint(trans: TranslationBundle, error: ProtocolError | null): string {
  if (error?.details.hint) {
    return error.details.hint;
  }
  switch (error?.kind) {
    case 'rejected':
      return trans.__('Change the query and run it again.');
    case 'bad-answer':
      return trans.__('Try again; if it stays, the service may be broken.');
    default:
      return '';
  }
}

/** Says that what stands below is older than what is above. */
function below(
  trans: TranslationBundle,
  { rows, provenance }: IResultSnapshot
): string {
  if (!rows || !provenance) {
    return '';
  }
  return trans.__(
    'The rows below are those of %1.',
    formatInstant(provenance.startedAt)
  );
}

/** Errors that are told in our words, so that those of the service are a detail. */
const OWN_WORDS: ReadonlySet<ErrorKind | undefined> = new Set([
  'bad-answer',
  'not-signed-in',
  'expired',
  'rate-limited'
] as const);

function details(trans: TranslationBundle, now: IResultSnapshot): IDetail[] {
  const { status, row, column, pageTitle, serviceMessage } = now.error?.details ?? {};
  const list: IDetail[] = [];
  if (pageTitle) {
    list.push({ name: trans.__('Title of the page'), value: pageTitle });
  }
  if (serviceMessage && OWN_WORDS.has(now.error?.kind)) {
    list.push({ name: trans.__('Answer'), value: serviceMessage });
  }
  if (status !== undefined) {
    list.push({ name: trans.__('HTTP status'), value: String(status) });
  }
  if (row !== undefined) {
    list.push({ name: trans.__('Row'), value: formatCount(row + 1) });
  }
  if (column !== undefined) {
    list.push({ name: trans.__('Column'), value: columnWords(now, column) });
  }
  return now.asked ? [...list, ...askedDetails(trans, now.asked)] : list;
}

/** A column by its name; by its number where the rows shown are those of another query. */
function columnWords({ state, rows }: IResultSnapshot, column: number): string {
  const name = state === 'partial' ? rows?.fields[column]?.name : undefined;
  return name || formatCount(column + 1);
}

function askedDetails(trans: TranslationBundle, asked: IProvenance): IDetail[] {
  return [
    { name: trans.__('Address'), value: withoutQuery(asked.table.service) },
    { name: trans.__('Time'), value: formatInstant(asked.startedAt) },
    { name: trans.__('Asked'), value: asked.query.adql }
  ];
}

/** Sentences, one after the other; empty ones are left out. */
function joined(...sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(' ');
}
