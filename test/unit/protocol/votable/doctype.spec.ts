import { describe, expect, it } from 'vitest';

import { field, firstColumn, inPieces, refusal, tabledata, utf8 } from './support.js';

const TABLE = tabledata(field('char', '*'), '<TR><TD>a&e;b</TD></TR>');

/** The table with this between the XML declaration and the root. */
function withDoctype(doctype: string): string {
  return TABLE.replace('?>', `?>\n${doctype}\n`);
}

/** Ten levels of entities of ten each: 10^10 characters if they were expanded. */
const LAUGHS = Array.from({ length: 10 }, (_, level) => {
  const text = level === 0 ? 'ha' : `&e${level - 1};`.repeat(10);
  return `<!ENTITY e${level === 9 ? '' : level} "${text}">`;
}).join('');

describe('a document type declaration', () => {
  it.each([
    '<!DOCTYPE VOTABLE SYSTEM "http://us-vo.org/xml/VOTable.dtd">',
    "<!DOCTYPE VOTABLE SYSTEM 'a>b.dtd' >",
    '<!DOCTYPE vo:VOTABLE PUBLIC "-//IVOA//DTD VOTable" "VOTable.dtd">',
    '<!DOCTYPE VOTABLE>'
  ])('that only names a DTD is passed over: %s', async doctype => {
    expect(await firstColumn(withDoctype(doctype))).toEqual(['a&e;b']);
  });

  it.each([
    ['laughs', `<!DOCTYPE VOTABLE [${LAUGHS}]>`],
    ['an external entity', '<!DOCTYPE VOTABLE [<!ENTITY e SYSTEM "file:///x">]>'],
    [
      'a parameter entity',
      '<!DOCTYPE VOTABLE SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p "x">%p;]>'
    ],
    ['no end', `<!DOCTYPE VOTABLE [${'<!-- -->'.repeat(9)}`]
  ])('that brings declarations is refused: %s', async (_what, doctype) => {
    const bytes = utf8(withDoctype(doctype));
    const { kind, message } = await refusal(bytes);
    expect(kind).toBe('bad-answer');
    expect(message).toContain('document type definition (DTD)');
    expect((await refusal(inPieces(bytes, () => 3))).message).toBe(message);
  });

  it('has no place inside of the document', async () => {
    const inside = TABLE.replace('<RESOURCE', '<!DOCTYPE VOTABLE><RESOURCE');
    expect((await refusal(inside)).message).toContain('has no place');
  });

  it('of a web page makes it a web page', async () => {
    const page = '<!DOCTYPE html><html><head><title>Down</title></head></html>';
    expect((await refusal(page)).message).toContain('a web page titled “Down”');
  });
});
