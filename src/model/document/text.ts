import type { JsonValue } from './json.js';

/**
 * JSON for people and for `git diff`: keys in the order of their characters, one value a
 * line, two blanks for each level, a newline at the end. A list inside of a list stays on
 * its line, since it is one thing: a target with its position.
 *
 * The same value gives the same text, whatever order its keys had.
 */
export function formatJson(value: JsonValue): string {
  return `${format(value, '')}\n`;
}

function format(value: JsonValue, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map(item =>
      Array.isArray(item) ? oneLine(item) : format(item, inner)
    );
    return block('[', items, ']', indent);
  }
  if (typeof value === 'object' && value !== null) {
    const parts = members(value, member => format(member, inner));
    return block('{', parts, '}', indent);
  }
  return JSON.stringify(value);
}

function oneLine(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map(oneLine).join(', ')}]`;
  }
  return typeof value === 'object' && value !== null
    ? `{${members(value, oneLine).join(', ')}}`
    : JSON.stringify(value);
}

/** Members as text, in the order of the characters of their keys. */
function members(value: object, write: (member: JsonValue) => string): string[] {
  return Object.entries(value as Record<string, JsonValue>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}: ${write(member)}`);
}

function block(
  open: string,
  parts: readonly string[],
  close: string,
  indent: string
): string {
  if (parts.length === 0) {
    return open + close;
  }
  const lines = parts.map(part => `${indent}  ${part}`).join(',\n');
  return `${open}\n${lines}\n${indent}${close}`;
}
