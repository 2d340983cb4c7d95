/** Words that begin a clause or another query, and so end what stands open before them. */
export const CLAUSE_WORDS: readonly string[] = [
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'OFFSET',
  'LIMIT',
  'UNION',
  'EXCEPT',
  'INTERSECT'
];

/** Words that a join is made of. */
export const JOIN_WORDS: readonly string[] = [
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'OUTER',
  'CROSS',
  'NATURAL'
];

/** Words behind which an operand has to come. */
export const WANTS_OPERAND: ReadonlySet<string> = new Set(
  `AND OR NOT IN LIKE ILIKE BETWEEN CASE WHEN THEN ELSE DISTINCT ALL ANY SOME EXISTS BY
   ON ESCAPE TOP SELECT WHERE HAVING USING`.split(/\s+/)
);

/** Words that an operand can begin with, or that are one. */
export const BEGINS_OPERAND: ReadonlySet<string> = new Set(
  `NULL TRUE FALSE UNKNOWN CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER USER
   SESSION_USER SYSTEM_USER DEFAULT INTERVAL IS AS END ASC DESC`.split(/\s+/)
);

/** Words that are followed by brackets and are no functions. */
export const NO_CALL: ReadonlySet<string> = new Set(
  `AND OR NOT IN LIKE ILIKE BETWEEN CASE WHEN THEN ELSE DISTINCT ALL ANY SOME EXISTS BY ON
   SELECT FROM WHERE HAVING AS USING IS JOIN UNION EXCEPT INTERSECT WITH VALUES TOP
   OVER`.split(/\s+/)
);
