import { describe, expect, it } from 'vitest';

import { shortName } from '../../../../src/plugins/results/tabtitle.js';

describe('shortName', () => {
  it.each([
    ['Sandbox (works offline)', 'Sandbox'],
    ['CADC', 'CADC'],
    ['GAVO (Heidelberg) Data Centre', 'GAVO (Heidelberg) Data Centre'],
    ['(test)', '(test)']
  ])('of %s is %s', (name, short) => {
    expect(shortName(name)).toBe(short);
  });
});
