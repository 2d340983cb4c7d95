import { describe, expect, it } from 'vitest';

import { methodNote } from '../../../src/protocol/methodnote.js';

const NOTE = {
  archiveName: 'ESO',
  serviceUrl: 'https://archive.eso.org/tap_obs',
  table: 'ivoa.ObsCore',
  adql: ['SELECT *\nFROM ivoa.ObsCore'],
  asked: Date.UTC(2026, 10, 21, 21, 4, 30),
  rows: 20_000,
  selected: 0,
  overflow: true,
  asMe: false
};

describe('methodNote', () => {
  it('says what was asked of whom, when, and what came', () => {
    expect(methodNote({ ...NOTE, selected: 3, acknowledgement: 'Thank ESO.' }))
      .toBe(`**Method note.** ESO, table \`ivoa.ObsCore\` of the TAP service at \`https://archive.eso.org/tap_obs\`, was searched on 2026-11-21 at 21:04 UTC with this query:

\`\`\`sql
SELECT *
FROM ivoa.ObsCore
\`\`\`

20,000 rows came. The service has more. 3 of them were chosen.

Acknowledgement: Thank ESO.`);
  });

  it('names no user, but says that one asked in their name', () => {
    expect(methodNote({ ...NOTE, asMe: true })).toContain(
      'searched in the user\u2019s name on'
    );
  });

  it('says of a query that was not run that it is to be', () => {
    const note = methodNote({ ...NOTE, asked: null, rows: null });
    expect(note).toContain('was to be searched with this query');
    expect(note).not.toContain('came');
  });

  it('lets nothing out of its place', () => {
    const note = methodNote({
      ...NOTE,
      archiveName: '<img src=x> [a](b) **',
      table: 'a`b``c',
      adql: ['SELECT 1 -- ```\n<script>']
    });
    expect(note).toContain('&lt;img src=x&gt; \\[a\\]\\(b\\) \\*\\*');
    expect(note).toContain('``` a`b``c ```');
    expect(note).toContain('````sql\nSELECT 1 -- ```\n<script>\n````');
  });
});
