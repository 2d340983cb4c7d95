import { tokenize } from '../adql/lexer.js';

/**
 * A form's query with the comments of the text that it takes the place of. Those behind a
 * line that is still there stay behind it; those above the query stay above, and all
 * others come after it.
 */
export function keepComments(adql: string, before: string): string {
  const lines = adql.split('\n');
  const [above, below]: [string[], string[]] = [[], []];
  const tokens = tokenize(before);
  const begin = tokens.find(({ kind }) => kind !== 'comment')?.from ?? before.length;
  for (const { kind, text, from, open } of tokens) {
    if (kind !== 'comment' || open) {
      continue;
    }
    const code = before.slice(before.lastIndexOf('\n', from - 1) + 1, from).trim();
    const at = code === '' ? -1 : lines.findIndex(line => line.trim() === code);
    if (at >= 0) {
      lines[at] += ` ${text}`;
    } else {
      (from < begin ? above : below).push(text);
    }
  }
  return [...above, ...lines, ...below].join('\n');
}
