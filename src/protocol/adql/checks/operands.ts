import type { INameUse, IOutline } from '../outline.js';
import { quoteIdentifier } from '../quote.js';
import { scopeOf } from '../scope.js';
import type { Sight } from '../sight.js';
import { type ICheckContext, type IFinding, replace } from './types.js';

/** Reserved words as names, names that must be quoted, and missing commas and operators. */
export function* checkOperands(
  outline: IOutline,
  context: ICheckContext
): Generator<IFinding> {
  for (const use of outline.names) {
    if (use.reserved) {
      yield reserved(use, scopeOf(context).sight(use.select));
    } else if (use.behind !== null) {
      yield* missing(use, outline, context);
    }
    yield* irregular(use);
  }
}

/** A word of ADQL where only a name makes sense (ADQL 2.1 §2.1.2). */
function reserved(use: INameUse, sight: Sight): IFinding {
  const [{ text, from, to }] = use.parts;
  const quoted = sight.column(use.parts[0])?.adql ?? quoteIdentifier(text);
  return {
    from,
    to,
    // Some services are lenient with words that databases do not reserve.
    severity: 'warning',
    message: `\u2018${text}\u2019 is a word of ADQL. As a name it is written ${quoted}.`,
    fix: replace({ from, to }, quoted)
  };
}

/** `ra dec`: the second is read as a new name of the first. */
function* missing(
  use: INameUse,
  { text: query }: IOutline,
  context: ICheckContext
): Generator<IFinding> {
  const { behind, clause, parts, from, to } = use;
  const [{ text }] = parts;
  if (behind === null || /^nulls$/i.test(text)) {
    return;
  }
  const before = query.slice(behind.from, behind.to);
  if (clause !== 'select') {
    const message = `Something is missing between ${before} and ${query.slice(from, to)}.`;
    yield { from, to, severity: 'error', message };
    return;
  }
  if (scopeOf(context).sight(use.select).column(parts[0])) {
    yield {
      from,
      to,
      severity: 'warning',
      message: `\u2018${text}\u2019 is taken as a new name of ${before}. A comma may be missing.`,
      fix: {
        text: `${before}, ${text}`,
        changes: [{ from: behind.to, to: behind.to, insert: ',' }]
      }
    };
  }
}

/** Names with other letters, or that begin with a digit, go in double quotes. */
function* irregular({ parts }: INameUse): Generator<IFinding> {
  for (const { text, quoted, from, to } of parts) {
    if (!quoted && !/^[A-Za-z][A-Za-z0-9_]*$/.test(text)) {
      const right = quoteIdentifier(text);
      yield {
        from,
        to,
        // An underscore at the beginning is beyond ADQL, and most services take it.
        severity: /^_\w+$/.test(text) ? 'warning' : 'error',
        message: `A name like this is written ${right}.`,
        fix: replace({ from, to }, right)
      };
    }
  }
}
