import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import {
  attribute,
  child,
  children,
  decodeXml,
  parseXml
} from '../../../src/protocol/xml.js';

function refusal(text: string, limits = {}): string {
  try {
    parseXml(text, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
    expect((error as ProtocolError).kind).toBe('bad-answer');
    return (error as ProtocolError).message;
  }
  throw new Error('was not refused');
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseXml', () => {
  it('drops prefixes of elements and attributes and keeps the order', () => {
    const root = parseXml(
      '<?xml version="1.0"?><v:a xmlns:v="urn:x" xmlns="urn:y" x:href="1"><v:b/><c/><b/></v:a>'
    );
    expect(root.name).toBe('a');
    expect({ ...root.attributes }).toEqual({ href: '1' });
    expect(root.children.map(element => element.name)).toEqual(['b', 'c', 'b']);
    expect(children(root, 'b')).toHaveLength(2);
    expect(child(root, 'missing')).toBeUndefined();
  });

  it('keeps text exactly: blanks, numbers, CDATA, comments between', () => {
    const root = parseXml('<a>  007 <!-- no --><![CDATA[<x> &amp; ]]>1.0 </a>');
    expect(root.text).toBe('  007 <x> &amp; 1.0 ');
  });

  it('resolves predefined and numeric references only', () => {
    const root = parseXml('<a t="&lt;&quot;&#65;"> &amp;&#x3A9;&#0;&nbsp;</a>');
    expect(root.attributes.t).toBe('<"A');
    expect(root.text).toBe(' &Ω\uFFFD&nbsp;');
  });

  it('finds an attribute in another case when there is none in this case', () => {
    const root = parseXml('<a standardid="x" Id="1" id="2"/>');
    expect(attribute(root, 'standardID')).toBe('x');
    expect(attribute(root, 'id')).toBe('2');
    expect(attribute(root, 'toString')).toBeUndefined();
  });

  it('refuses a DTD wherever it stands, but not the word in CDATA', () => {
    const dtd = '<!DOCTYPE a [<!ENTITY b "x">]>';
    expect(refusal(`<?xml version="1.0"?>${dtd}<a>&b;</a>`)).toContain('DTD');
    expect(refusal(`<a>${dtd}</a>`)).toContain('DTD');
    expect(parseXml('<a><![CDATA[<!DOCTYPE x>]]></a>').text).toBe('<!DOCTYPE x>');
  });

  it.each([
    ['<html><head><title>502\n Bad &amp; ugly</title></head>', '“502 Bad & ugly”'],
    ['\n<!DOCTYPE html><p>x', 'without a title'],
    ['<!-- x --><HTML lang="en"><TITLE>Log in</TITLE>', '“Log in”']
  ])('names the title of a web page: %s', (text, title) => {
    const message = refusal(text, { expected: 'a VOTable' });
    expect(message).toContain('not a VOTable but a web page');
    expect(message).toContain(title);
  });

  it.each([
    ['no XML', 'Service unavailable', 'begins with “Service unavailable”'],
    ['nothing', ' \n', 'is empty'],
    ['an open element', '<a><b></b>', 'not well-formed'],
    ['crossed elements', '<a><b></a></b>', 'not well-formed'],
    ['two roots', '<a/><b/>', 'XML'],
    ['an open comment', '<a><!-- </a>', 'not closed'],
    ['only a declaration', '<?xml version="1.0"?>', 'not well-formed'],
    ['a second declaration', '<a><?xml version="1.0"?><a></a></a>', 'second document']
  ])('refuses %s', (_name, text, part) => {
    expect(refusal(text)).toContain(part);
  });

  it('is bounded in depth, elements, attributes and size', () => {
    const deep = (n: number): string => '<a>'.repeat(n) + '</a>'.repeat(n);
    expect(parseXml(deep(64)).name).toBe('a');
    expect(refusal(deep(65))).toContain('64 levels');
    expect(refusal(`<a>${'<b/>'.repeat(10)}</a>`, { elements: 10 })).toContain(
      'elements'
    );
    expect(refusal('<a b="1" c="2"/>', { attributes: 1 })).toContain('attributes');
    expect(refusal('<a>12345678</a>', { size: 10 })).toContain('10 characters');
  });

  it('lets no name reach an object of the program', () => {
    expect(refusal('<a><b constructor="1"/></a>')).toContain('constructor');
    expect(refusal('<a><b __proto__="1"/></a>')).toContain('__proto__');
    expect(child(parseXml('<a><toString/></a>'), 'toString')?.text).toBe('');
  });
});

describe('decodeXml', () => {
  it('drops a byte order mark and blank lines before the declaration', () => {
    expect(decodeXml(utf8('\uFEFF\n\n<?xml version="1.0"?><a/>'))).toBe(
      '<?xml version="1.0"?><a/>'
    );
  });

  it('follows the declared encoding', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\u00e9</a>';
    const bytes = Uint8Array.from(text, character => character.charCodeAt(0));
    expect(parseXml(decodeXml(bytes)).text).toBe('café');
  });

  it.each([true, false])('reads UTF-16, little-endian %s', little => {
    const text = '\uFEFF<a>Ω😀</a>';
    const view = new DataView(new ArrayBuffer(text.length * 2));
    [...Array(text.length).keys()].forEach(index =>
      view.setUint16(index * 2, text.charCodeAt(index), little)
    );
    expect(parseXml(decodeXml(new Uint8Array(view.buffer))).text).toBe('Ω😀');
  });

  it('reads an unknown or impossible declaration as UTF-8', () => {
    for (const name of ['klingon', 'UTF-16']) {
      const text = `<?xml version="1.0" encoding="${name}"?><a>é</a>`;
      expect(parseXml(decodeXml(utf8(text))).text).toBe('é');
    }
  });
});
