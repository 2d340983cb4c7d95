import type { IPlaceOfName } from './completeplace.js';
import { isSign, isWord } from './lexer.js';
import type { Clause } from './outline.js';

/** Words that can begin an operand. */
const OPERANDS = ['CASE', 'NOT', 'NULL', 'EXISTS', 'DISTINCT'];

/** Words behind a complete operand of a condition. */
const CONDITION = [
  'AND',
  'OR',
  'BETWEEN',
  'IN',
  'LIKE',
  'IS NULL',
  'IS NOT NULL',
  'NOT'
];

const JOINS = ['JOIN', 'LEFT JOIN', 'INNER JOIN', 'NATURAL JOIN', 'CROSS JOIN'];

const CASES = ['WHEN', 'THEN', 'ELSE', 'END'];

/** What can come behind something complete, by clause, the likeliest first. */
const BEHIND: Readonly<Record<Clause, readonly string[]>> = {
  select: ['FROM', 'AS', ...CASES],
  from: ['WHERE', ...JOINS, 'ON', 'USING', 'AS', 'GROUP BY', 'ORDER BY', 'UNION'],
  on: [...CONDITION, 'WHERE', ...JOINS, 'GROUP BY', 'ORDER BY'],
  where: [...CONDITION, 'GROUP BY', 'ORDER BY', 'OFFSET', 'UNION', ...CASES],
  group: ['HAVING', 'ORDER BY', 'OFFSET'],
  having: [...CONDITION, 'ORDER BY', 'OFFSET'],
  order: ['ASC', 'DESC', 'OFFSET'],
  offset: []
};

/** Keywords that make sense where a name is being typed, the likeliest first. */
export function keywordsAt(place: IPlaceOfName): readonly string[] {
  const { before, clause, wants } = place;
  if (clause === null || before === null) {
    return before === null ? ['SELECT', 'WITH'] : [];
  }
  if (isSign(before, '(')) {
    return ['SELECT', ...OPERANDS];
  }
  if (wants === 'table') {
    return [];
  }
  if (wants === 'word') {
    return BEHIND[clause];
  }
  return isWord(before, 'SELECT') ? ['TOP', 'DISTINCT', ...OPERANDS] : OPERANDS;
}
