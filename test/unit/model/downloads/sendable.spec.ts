import { describe, expect, it } from 'vitest';

import { MOST_FILES, sendable } from '../../../../src/model/downloads/sendable.js';
import type { IDownloadRequest } from '../../../../src/model/downloads/types.js';

const FILE: IDownloadRequest = { archive: 'x', url: 'https://x.example/a.fits' };

describe('what is sent to the download queue', () => {
  it('is not refused for what an archive says at length of one of the files', () => {
    const long = 'é'.repeat(12_000);
    const [sent] = sendable([
      {
        ...FILE,
        name: long,
        category: `half \ud83d`,
        observation: long,
        source: { links: FILE.url, id: 'a', semantics: long, description: long },
        found: { service: FILE.url, query: 'x'.repeat(100_001) }
      }
    ]);
    expect([sent.name?.length, sent.observation?.length]).toEqual([1000, 1000]);
    expect(sent.source?.semantics).toHaveLength(1000);
    expect(sent.source?.description).toHaveLength(10_000);
    expect(sent.category).toBe('half \ufffd');
    expect(sent).not.toHaveProperty('found');
  });

  it('has whole numbers of bytes, and none that make no sense', () => {
    const sizes = [1234.5, Infinity, NaN, -1].map(size => ({ ...FILE, size }));
    expect(sendable(sizes).map(({ size }) => size)).toEqual([
      1235,
      undefined,
      undefined,
      undefined
    ]);
  });

  it('is nothing at all where the list has not room for all of it', () => {
    const many = Array.from({ length: MOST_FILES + 1 }, () => FILE);
    expect(() => sendable(many)).toThrow(
      'These are 20,001 files; the list of downloads has room for 20,000. Choose fewer.'
    );
    expect(sendable(many.slice(1))).toHaveLength(MOST_FILES);
  });
});
