/**
 * Characters that a Python source must not hold as they are: controls, invisible ones that
 * change the order of what is read (bidi), line separators, lone surrogates.
 */
const UNSAFE = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A text as a Python string literal; texts of several lines become triple-quoted ones that
 * stay readable. Python reads back exactly the same text.
 */
export function pythonString(text: string): string {
  const isLong = text.includes('\n');
  // In a long literal only quotes in a row, or at its end, could close it.
  const closing = isLong ? /"(?="|$)/g : /"/g;
  const inner = text
    .replaceAll('\\', '\\\\')
    .replace(closing, '\\"')
    .replace(UNSAFE, escapeCharacter);
  const quotes = isLong ? '"""' : '"';
  return `${quotes}${inner}${quotes}`;
}

/** A text as (part of) a comment line of Python or a shell: it cannot end the line. */
export function commentText(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
