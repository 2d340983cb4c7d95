import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { ILinkRow } from '../../../../src/model/links/types.js';
import { LINK_GROUPS } from '../../../../src/protocol/datalink/vocabulary.js';
import { linkWords } from '../../../../src/view/links/words.js';

const trans = {
  ...nullTranslator.load('obsdeck'),
  __: (words: string) => `«${words}»`
} as ReturnType<typeof nullTranslator.load>;

describe('the words of groups', () => {
  it('are those of the language of JupyterLab', () => {
    const names = LINK_GROUPS.map(group => {
      const thing = { kind: 'group', group, terms: ['#x'] } as const;
      return linkWords({ thing } as unknown as ILinkRow, trans).name;
    });
    expect(names.every(name => /^«.+»$/.test(name))).toBe(true);
    expect(names).toContain('«Products made from it»');
    expect(new Set(names).size).toBe(LINK_GROUPS.length);
  });
});
