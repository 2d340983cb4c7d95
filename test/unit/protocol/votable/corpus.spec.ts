import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { readVOTable } from '../../../../src/protocol/votable/index.js';
import { OTHER, READ, REFUSED } from './corpus.js';
import { sharedFixtures } from './support.js';

/** What becomes of each document: its tables, or a part of the reason to refuse it. */
const EXPECTED: Readonly<Record<string, string>> = {
  ...READ,
  ...REFUSED,
  ...Object.fromEntries(
    Object.entries(OTHER).flatMap(([what, names]) => names.map(name => [name, what]))
  )
};

const folder = sharedFixtures();
const documents = ['vo', 'rubin', 'eso'].flatMap(part =>
  folder === null
    ? []
    : readdirSync(join(folder, part))
        .filter(name => name !== 'README.md')
        .map(name => [name, join(folder, part, name)] as const)
);

async function outcome(path: string): Promise<string> {
  try {
    const { status, tables } = await readVOTable(new Uint8Array(readFileSync(path)));
    const sizes = tables.map(({ arrow }) => `${arrow.numRows}x${arrow.numCols}`);
    return [status, ...sizes].join(' ');
  } catch (error) {
    if (error instanceof ProtocolError && error.kind === 'bad-answer') {
      return error.message;
    }
    throw error;
  }
}

describe.skipIf(folder === null)('documents of ../shared/fixtures', () => {
  it.each(documents)('%s is read or refused as it should be', async (name, path) => {
    // A document without an expectation is one that nobody has looked at.
    expect(Object.keys(EXPECTED)).toContain(name);
    const result = await outcome(path);
    if (name in READ) {
      expect(result).toBe(READ[name]);
    } else {
      expect(result).toContain(EXPECTED[name]);
    }
  });

  it('are all there', () => {
    const names = documents.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(EXPECTED)));
  });
});
