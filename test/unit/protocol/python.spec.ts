import { execFileSync } from 'node:child_process';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { commentText, pythonString } from '../../../src/protocol/python.js';
import { typedText } from '../../support/typed.js';

/** Python's own reading of literals, one a line of JSON; null where there is no Python. */
function readByPython(literals: readonly string[]): readonly string[] | null {
  const program =
    'import ast, json, sys\n' +
    'print(json.dumps([ast.literal_eval(t) for t in json.load(sys.stdin)]))';
  try {
    const input = JSON.stringify(literals);
    return JSON.parse(
      execFileSync('python3', ['-c', program], { input, encoding: 'utf8' })
    ) as string[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

describe('pythonString', () => {
  it.each([
    ['SELECT 1', '"SELECT 1"'],
    ['a "b"', String.raw`"a \"b\""`],
    [String.raw`\n`, String.raw`"\\n"`],
    ['a\nb', '"""a\nb"""'],
    ['a\n"b"', '"""a\n"b\\""""'],
    ['\n"""', '"""\n\\"\\"\\""""'],
    ['a\r\u202eb\0', String.raw`"a\u000d\u202eb\u0000"`],
    ['', '""']
  ])('%j becomes %s', (text, literal) => {
    expect(pythonString(text)).toBe(literal);
  });

  it('is read back by Python, whatever was typed', context => {
    const texts = fc.sample(typedText, 1000);
    const read = readByPython(texts.map(pythonString));
    context.skip(read === null, 'there is no python3 to read the literals');
    expect(read).toEqual(texts);
  });
});

describe('commentText', () => {
  it('stays on one line', () => {
    expect(commentText(' A\r\nimport os\u2028x\x0c\u202ey ')).toBe('A import os x y');
  });
});
