import { describe, expect, it } from 'vitest';

import type { LinkSource } from '../../../../src/archives/links.js';
import {
  readSubjects,
  shortId,
  writeSubjects
} from '../../../../src/plugins/links/linkrows.js';

const URL = 'https://x.example/links?ID=1';

function subjectAt(source: Partial<LinkSource>) {
  const all = { kind: 'document', url: URL, id: '1', ...source } as LinkSource;
  return { name: 'one', source: all };
}

describe('rows of a Links tab', () => {
  it('come back with the layout', () => {
    const subjects = [subjectAt({}), subjectAt({ kind: 'service' })];
    expect(readSubjects(writeSubjects(subjects))).toEqual(subjects);
  });

  it('are not kept where an address is a key, or may be one', () => {
    expect(writeSubjects([subjectAt({ kind: 'file' })])).toBeNull();
    const url = `${URL}&X-Amz-Signature=invented`;
    expect(writeSubjects([subjectAt({}), subjectAt({ url })])).toBeNull();
  });

  it('are not believed where the layout is strange', () => {
    const strange = [
      null,
      [],
      [['one', 'document', 'javascript:alert(1)', '1']],
      [['one', 'file', URL, '1']],
      [['one', 'document', URL]],
      [['one', 'document', URL, '1'], 7]
    ];
    expect(strange.map(readSubjects)).toEqual(strange.map(() => null));
  });
});

describe('shortId', () => {
  it('is the last part of an identifier', () => {
    expect(shortId('ivo://eso.org/ID?SPHER.2016-09-26T03:04:09.308')).toBe(
      'SPHER.2016-09-26T03:04:09.308'
    );
    expect(shortId('butler://dp02/ac691f52')).toBe('ac691f52');
    expect(shortId('///')).toBe('///');
  });
});
