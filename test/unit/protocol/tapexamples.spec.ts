import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import { parseExamples } from '../../../src/protocol/tap/examples.js';
import { fixtureText } from '../../support/fixtures.js';

const PAGE = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Examples</title></head>
<body vocab="ivo://ivoa.net/std/DALI-examples#">
<div typeof="example" id="a" resource="#a">
  <h2 property="name">Near a &lt;position&gt;</h2>
  <p>Frames <em property="table">dbo.raw</em> &amp; more<br/>here.</p>
  <pre class="x" property="query">
SELECT *
  FROM dbo.raw WHERE ra &lt; 1
</pre>
  <a property="continuation" href="more">More</a>
</div>
<div typeof='ex:example'><p property=ex:name>Second<p>
  <pre property="ex:query"><![CDATA[SELECT 1 WHERE a < b]]></pre></div>
<div typeof="example"><h2 property="name">Without a query</h2></div>
</body></html>`;

describe('parseExamples', () => {
  it('reads name, query and what is said of it', () => {
    expect(parseExamples(PAGE)).toEqual([
      {
        name: 'Near a <position>',
        adql: 'SELECT *\n  FROM dbo.raw WHERE ra < 1',
        description: 'Frames dbo.raw & more here. More'
      },
      { name: 'Second', adql: 'SELECT 1 WHERE a < b', description: '' }
    ]);
  });

  it('takes a value from the attribute that has it', () => {
    expect(
      parseExamples('<p typeof="example"><b property="query" content="SELECT 1"/></p>')
    ).toEqual([{ name: '', adql: 'SELECT 1', description: '' }]);
  });

  it('finds nothing in a page of something else, and refuses what is no page', () => {
    expect(parseExamples('<html><body>Down for maintenance</body></html>')).toEqual([]);
    expect(() => parseExamples('not found')).toThrow(/not a page of examples/);
  });

  it('reads the page of a DaCHS', context => {
    const page = fixtureText(context, 'vo/pyvo_obscore-examples.html');
    const examples = parseExamples(page);
    expect(examples.map(({ name }) => name)).toEqual([
      'Finding images by time and place'
    ]);
    expect(examples[0].adql).toMatch(/^SELECT access_url, t_exptime[^]*, 15\)\)$/);
    expect(examples[0].description).toMatch(/^Suppose you read in an old amateur/);
  });

  it('bears any page', () => {
    const pieces = [
      '<div typeof="example">',
      '</div>',
      '<pre property="query">',
      '<',
      '>'
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces, '"', '<!--', 'a'), fc.string())),
        parts => {
          expect(Array.isArray(parseExamples(`<p>${parts.join('')}`))).toBe(true);
        }
      )
    );
  });

  it.each([
    ['elements that never end', '<a>x'],
    ['comments that never end', '<!--'],
    ['data that never end', '<![CDATA['],
    ['tags that never end', '<a'],
    ['quotes that never end', '<a "'],
    ['tags within quotes', `<a "'<b'" '"<c"'`],
    ['ends without a beginning', '<a></b>']
  ])('reads %s before the user gives up', (_, piece) => {
    // In time that grows with its square this takes minutes, and the test is stopped.
    try {
      expect(parseExamples(piece.repeat(100_000))).toEqual([]);
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError);
    }
  });

  it('refuses a page that is longer than any of examples', () => {
    expect(() => parseExamples('<p>'.repeat(2_000_000))).toThrow('too long');
  });
});
