import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  readDocument,
  writeDocument
} from '../../../../src/model/document/document.js';
import { USUAL_LAYOUT } from '../../../../src/model/columnlayout.js';
import { LineError } from '../../../../src/model/document/json.js';
import type { ISearchDocument } from '../../../../src/model/document/types.js';
import { EMPTY, ofAdql, ofForm, searches } from './searches.js';

/** The sentence a text is refused with. */
function refusal(text: string): string {
  try {
    readDocument(text);
  } catch (error) {
    expect(error).toBeInstanceOf(LineError);
    return (error as LineError).message;
  }
  throw new Error('It was read.');
}

const written = writeDocument(ofForm());

describe('A saved search', () => {
  it('is read as it was written, whatever was typed', () => {
    fc.assert(
      fc.property(searches, search => {
        expect(readDocument(writeDocument(search))).toEqual(search);
      })
    );
  });

  it('has one thing a line, in an order that does not depend on who wrote it', () => {
    expect(written).toBe(
      [
        '{',
        '  "archive": "eso",',
        '  "columns": {',
        '    "hidden": [',
        '      "s_fov"',
        '    ],',
        '    "pinned": [',
        '      "obs_id"',
        '    ],',
        '    "units": {',
        '      "t_min": "mjd"',
        '    }',
        '  },',
        '  "form": {',
        '    "columns": {',
        '      "calib_level": [',
        '        2,',
        '        3',
        '      ],',
        '      "instrument_name": "MUSE"',
        '    },',
        '    "position": "M 83",',
        '    "radius": "0.1",',
        '    "targets": [',
        '      ["M 83", 204.2538, -29.8658],',
        '      ["\\"quoted\\"", 0, 90]',
        '    ]',
        '  },',
        '  "resolved": [',
        '    {',
        '      "by": "Simbad",',
        '      "dec": -29.8658,',
        '      "name": "M 83",',
        '      "ra": 204.2538',
        '    }',
        '  ],',
        '  "rowLimit": 1000,',
        '  "service": "https://archive.example/tap",',
        '  "table": "ivoa.ObsCore",',
        '  "version": 1',
        '}',
        ''
      ].join('\n')
    );
    const shuffled = Object.fromEntries(Object.entries(ofForm()).reverse());
    expect(writeDocument(shuffled as unknown as ISearchDocument)).toBe(written);
  });

  it('has a line of the query in a line of its own', () => {
    const text = writeDocument(ofAdql('SELECT *\nFROM t\n  WHERE a = \'"x"\''));
    expect(text).toContain(
      '  "adql": [\n    "SELECT *",\n    "FROM t",\n    "  WHERE a = \'\\"x\\"\'"\n  ],\n'
    );
  });

  it('keeps what another version wrote, and never obeys it', () => {
    const text = written.replace(
      '"version": 1',
      '"as": "me", "note": [{"b": 1}], "version": 1'
    );
    const search = readDocument(text);
    expect(search).not.toHaveProperty('as');
    expect(search.others).toEqual({ as: 'me', note: [{ b: 1 }] });
    expect(writeDocument(search)).toContain(
      '"note": [\n    {\n      "b": 1\n    }\n  ]'
    );
    const hostile = readDocument(
      written.replace('{', '{"__proto__": {"polluted": 1},')
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(readDocument(writeDocument(hostile))).toEqual(hostile);
  });

  it('says nothing of what was not asked for', () => {
    const text = writeDocument({
      ...ofForm(),
      form: EMPTY,
      resolved: [],
      layout: USUAL_LAYOUT
    });
    expect(text).toContain('"form": {},');
    expect(text).not.toMatch(/radius|resolved|units|columns/);
    expect(readDocument(text).form).toEqual(EMPTY);
  });
});

describe('A text that is no saved search is refused with the line', () => {
  it.each([
    ['', 'Line 1: the file is empty.'],
    ['[]', 'Line 1: “search” must be a group in braces.'],
    ['{\n "a": 1\n "b": 2}', 'Line 3: “,” or “}” is missing.'],
    ['{\n\n "a" 1}', 'Line 3: “:” is missing.'],
    ['{"a": 1,\n}', 'Line 2: a name in double quotes is missing.'],
    ['{"a": tru}', 'Line 1: a value is missing or no JSON.'],
    ['{"a": 01}', 'Line 1: a value is missing or no JSON.'],
    ['{"a": "x\ny"}', 'Line 1: a value is missing or no JSON.'],
    ['{"a": 1,\n"a": 2}', 'Line 2: “a” is there twice.'],
    ['{}\n{}', 'Line 2: the document ends before this.'],
    ['['.repeat(100_000), 'Line 1: too many brackets inside of each other.'],
    [' '.repeat(4_000_001), 'Line 1: the file is too long for a saved search.'],
    [
      '{\n<<<<<<< HEAD\n"a": 1',
      'Line 2: Git left a conflict here; choose one of the two sides.'
    ]
  ])('case %#', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it.each([
    [
      '"version": 1',
      '"version": 2',
      'Line 40: a newer Obsdeck wrote this (version 2 of the format); update Obsdeck to open it.'
    ],
    ['"version": 1', '"edition": 1', 'Line 1: “version” is missing.'],
    ['"rowLimit": 1000', '"rowLimit": "many"', 'Line 37: “rowLimit” must be a number.'],
    ['"rowLimit": 1000', '"rowLimit": 1e999', 'Line 37: “rowLimit” must be a number.'],
    [
      '"rowLimit": 1000',
      '"rowLimit": -1',
      'Line 37: “rowLimit” must be a whole number, not negative.'
    ],
    ['"archive": "eso"', '"archive": " "', 'Line 2: “archive” must be filled.'],
    [
      '"archive": "eso"',
      '"archive": null',
      'Line 2: “archive” must be a text in double quotes.'
    ],
    [
      '"radius": "0.1"',
      '"radiusUnit": "mile"',
      'Line 23: “radiusUnit” must be one of deg, arcmin, arcsec.'
    ],
    [
      '"radius": "0.1"',
      '"spectralUnit": "furlong"',
      'Line 23: “spectralUnit” must be a unit of wavelength, frequency or energy.'
    ],
    [
      '"radius": "0.1"',
      '"descending": 1',
      'Line 23: “descending” must be true or false.'
    ],
    [
      '"radius": "0.1"',
      '"redshift": "3"',
      'Line 23: “redshift” is no field of the form.'
    ],
    [
      '"MUSE"',
      '{"least": "1"}',
      'Line 20: “instrument_name” has limits “min” and “max” only.'
    ],
    ['"MUSE"', 'true', 'Line 20: “instrument_name” must be a text in double quotes.'],
    ['        3', '        true', 'Line 18: “calib_level” must be texts and numbers.'],
    [
      '["M 83", 204.2538, -29.8658]',
      '["M 83"]',
      'Line 25: “targets” must be lists of a name, a right ascension and a declination.'
    ],
    [
      '["M 83", 204.2538, -29.8658]',
      '["M 83", 204.2538, -99]',
      'Line 25: “dec” must be between -90 and 90.'
    ],
    ['"by": "Simbad"', '"by": ""', 'Line 31: “by” must be filled.'],
    [
      '"archive"',
      '"adql": ["SELECT 1"],\n"archive"',
      'Line 2: “adql” stands beside “form”; one of them holds.'
    ]
  ])('%s → %s', (there, instead, sentence) => {
    expect(written).toContain(there);
    expect(refusal(written.replace(there, instead))).toBe(sentence);
  });

  it('a text that does not end, however long it is', () => {
    // Tried in all the ways to read it, it would never be refused.
    const open = `{"archive": "${'a'.repeat(100_000)}`;
    expect(refusal(open)).toBe('Line 1: a value is missing or no JSON.');
    const escaped = `{"archive": "${String.raw`\n`.repeat(100_000)}\\x"}`;
    expect(refusal(escaped)).toBe('Line 1: a value is missing or no JSON.');
  });

  it('whatever is cut out of it or put into it', () => {
    fc.assert(
      fc.property(fc.nat(written.length), fc.nat(20), fc.string(), (at, cut, put) => {
        const text = written.slice(0, at) + put + written.slice(at + cut);
        try {
          readDocument(text);
        } catch (error) {
          expect(error).toBeInstanceOf(LineError);
        }
      })
    );
  });
});
