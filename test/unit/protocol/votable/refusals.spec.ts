import { describe, expect, it } from 'vitest';

import { twoDocuments } from '../../../../src/protocol/votable/refusals.js';

describe('twoDocuments', () => {
  it.each([
    ['disk full', 'It says: “disk full”.'],
    ['The connection was lost.', 'It says: “The connection was lost.”']
  ])('ends its last sentence once: %s', (words, said) => {
    const info = `<INFO name="QUERY_STATUS" value="ERROR">${words}</INFO>`;
    const rest = `<VOTABLE><RESOURCE type="results">${info}</RESOURCE></VOTABLE>`;
    expect(twoDocuments(rest, 3).message).toMatch(new RegExp(`inside it\\. ${said}$`));
  });

  it('admits that a service says nothing', () => {
    expect(twoDocuments('<VOTABLE>', 0).message).toMatch(/It does not say why\.$/);
  });
});
