import { MOST_PROBLEMS } from './bounds.js';
import { checkClauses } from './checks/clauses.js';
import { checkFunctions } from './checks/functions.js';
import { checkNames } from './checks/names.js';
import { checkOperands } from './checks/operands.js';
import { checkSigns } from './checks/signs.js';
import type { Check, ICheckContext, IFinding, IFix } from './checks/types.js';
import { placeOf } from './lexer.js';
import { NearestNames } from './nearest.js';
import { parseOutline } from './parse.js';

export type { IChange, ICheckContext, IFix } from './checks/types.js';

/** Something in a query that will not work, or not as it looks. */
export interface IProblem {
  /** Offsets in the text; `to` is behind its last character. */
  readonly from: number;
  readonly to: number;
  /** Of `from`, counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What makes it go away; null where there is not one answer. */
  readonly fix: IFix | null;
}

const CHECKS: readonly Check[] = [
  checkSigns,
  checkClauses,
  checkNames,
  checkOperands,
  checkFunctions
];

/**
 * What is wrong with a query as far as it can be told without its service: errors first,
 * each in the order of the text, and no more than `MOST_PROBLEMS`. A name is unknown only
 * where all names are known. Of a query that is too much to be made out, that alone is said.
 */
export function findProblems(text: string, context: ICheckContext): IProblem[] {
  const outline = parseOutline(text);
  const tools = { ...context, nearest: new NearestNames() };
  const findings: IFinding[] =
    outline.beyond === null
      ? CHECKS.flatMap(check => firstOf(check(outline, tools)))
      : [{ ...outline.beyond, severity: 'warning' }];
  return onePerPlace(findings)
    .sort((one, other) => rank(one) - rank(other) || one.from - other.from)
    .slice(0, MOST_PROBLEMS)
    .map(({ from, to, severity, message, fix = null }) => {
      return { from, to, ...placeOf(text, from), severity, message, fix };
    });
}

/** As many findings of a check as are listed at most: looking on would be of no use. */
function firstOf(findings: Iterable<IFinding>): IFinding[] {
  const first: IFinding[] = [];
  for (const finding of findings) {
    first.push(finding);
    if (first.length >= MOST_PROBLEMS) {
      break;
    }
  }
  return first;
}

/** The text with a fix made. */
export function applyFix(text: string, { changes }: IFix): string {
  return [...changes]
    .sort((one, other) => other.from - one.from)
    .reduce(
      (now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to),
      text
    );
}

function rank({ severity }: Pick<IFinding, 'severity'>): number {
  return severity === 'error' ? 0 : 1;
}

/** One finding is enough for a place, the first that was made of the worst. */
function onePerPlace(findings: readonly IFinding[]): IFinding[] {
  const places = new Map<string, IFinding>();
  for (const finding of findings) {
    const key = `${finding.from}-${finding.to}`;
    const other = places.get(key);
    if (other === undefined || rank(finding) < rank(other)) {
      places.set(key, finding);
    }
  }
  return [...places.values()];
}
