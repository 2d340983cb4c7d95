import { describe, expect, it } from 'vitest';

import { twoDocuments } from '../../../../src/protocol/votable/refusals.js';
import { collect, field, inPieces, refusal, tabledata, utf8 } from './support.js';

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

describe('what has no place', () => {
  it('is quoted alike in one piece and in many, behind any number of blanks', async () => {
    const rows = tabledata(field('int'), '<TR><TD>1</TD></TR>');
    const document = utf8(`${rows}${' '.repeat(80)}nonsense`);
    const whole = await refusal(document);
    const { error } = await collect(inPieces(document, () => 7));
    expect(whole.message).toContain('“nonsense” has no place');
    expect((error as Error).message).toBe(whole.message);
  });
});
