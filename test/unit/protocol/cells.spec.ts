import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  adqlCell,
  astroqueryCell,
  curlCell,
  pyvoCell
} from '../../../src/protocol/cells.js';

const QUERY = {
  archiveName: 'GAVO DC',
  serviceUrl: 'https://dc.g-vo.org/tap',
  adql: 'SELECT *\nFROM ivoa.ObsCore',
  maxrec: 1000,
  date: '2026-11-21'
};

const HOSTILE = {
  ...QUERY,
  archiveName: 'X\nimport os',
  serviceUrl: 'https://x/"+__import__("os")+"',
  adql: `SELECT '""" + evil() + """' "x" '\\'\nFROM t -- it's`
};

describe('pyvoCell', () => {
  it('repeats the query with the row limit', () => {
    expect(pyvoCell(QUERY)).toBe(`# Obsdeck: GAVO DC, 2026-11-21
import pyvo

service = pyvo.dal.TAPService("https://dc.g-vo.org/tap")
results = service.search("""SELECT *
FROM ivoa.ObsCore""", maxrec=1000)
table = results.to_table()
table`);
  });

  it('asks with the sign-in what was asked so, and holds none', () => {
    const cell = pyvoCell({ ...QUERY, archiveName: 'ESO', asMe: 'eso' });
    expect(cell).toMatch(
      /^# Obsdeck: ESO, 2026-11-21\nimport obsdeck\n\nservice = obsdeck\.tap\("eso", "https:\/\/dc\.g-vo\.org\/tap"\)\nresults = /
    );
    expect(cell).not.toContain('pyvo');
    expect(pyvoCell({ ...HOSTILE, asMe: '"+evil()+"' })).toContain(
      String.raw`obsdeck.tap("\"+evil()+\"", `
    );
  });

  it('keeps hostile names inside comment and literals', () => {
    const cell = pyvoCell(HOSTILE);
    expect(cell).toContain('# Obsdeck: X import os, 2026-11-21\nimport pyvo\n');
    expect(cell).toContain(
      String.raw`TAPService("https://x/\"+__import__(\"os\")+\"")`
    );
    expect(cell).toContain(String.raw`SELECT '\"\"" + evil() + \"\""' "x" '\\'`);
  });
});

describe('adqlCell', () => {
  it('names service and limit beside the text', () => {
    expect(adqlCell({ ...QUERY, adql: 'SELECT 1' }))
      .toBe(`# Obsdeck: GAVO DC, 2026-11-21
# ADQL for https://dc.g-vo.org/tap, at most 1000 rows
adql = "SELECT 1"`);
  });
});

describe('curlCell', () => {
  it('says that it asks as anyone what was asked with a sign-in', () => {
    const note = '# Asks as anyone: rows that only you may see are missing.';
    expect(curlCell({ ...QUERY, asMe: 'eso' }).split('\n')[2]).toBe(note);
    expect(curlCell(QUERY)).not.toContain(note);
  });

  it('sends what we send, and saves the answer', () => {
    expect(curlCell(QUERY)).toBe(`%%bash
# Obsdeck: GAVO DC, 2026-11-21
curl --fail-with-body --location --output obsdeck.vot 'https://dc.g-vo.org/tap/sync' \\
  --data-urlencode 'REQUEST=doQuery' \\
  --data-urlencode 'LANG=ADQL' \\
  --data-urlencode 'QUERY=SELECT *
FROM ivoa.ObsCore' \\
  --data-urlencode 'RESPONSEFORMAT=votable' \\
  --data-urlencode 'MAXREC=1000'`);
  });

  it('gives a shell the words it should get', () => {
    const [, ...lines] = curlCell(HOSTILE).split('\n');
    const script = `curl() { printf '%s\\0' "$@"; }\n${lines.join('\n')}`;
    const words = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split(
      '\0'
    );
    expect(words).toContain(`QUERY=${HOSTILE.adql}`);
    expect(words).toContain(`${HOSTILE.serviceUrl}/sync`);
    expect(words).toHaveLength(16);
  });
});

describe('cells of a query with tables that go along', () => {
  const upload = { name: 'targets', votable: '<VOTABLE>it\'s "5" \\ é</VOTABLE>' };
  const along = { ...QUERY, adql: 'SELECT 1', uploads: [upload] };

  it('hold the tables as data', () => {
    const cell = pyvoCell(along);
    expect(cell).toContain(
      'import io\n\nimport pyvo\nfrom astropy.table import Table\n'
    );
    expect(cell).toContain(
      String.raw`uploads={"targets": Table.read(io.BytesIO("<VOTABLE>it's \"5\" \\ é</VOTABLE>".encode()), format="votable")}`
    );
  });

  it('give a shell a file for each, word by word', () => {
    const [, ...lines] = curlCell(along).split('\n');
    const script = `curl() { printf '%s\\0' "$@"; cat targets.vot; }\n${lines.join('\n')}`;
    const folder = mkdtempSync(join(tmpdir(), 'cells-'));
    const text = execFileSync('bash', ['-c', script], {
      encoding: 'utf8',
      cwd: folder
    });
    const words = text.split('\0');
    expect(words).toContain('UPLOAD=targets,param:targets');
    expect(words).toContain('targets=@targets.vot;type=application/x-votable+xml');
    expect(words.at(-1)).toBe(`${upload.votable}\n`);
    rmSync(folder, { recursive: true });
  });

  it('end a file where the table ends, whatever is in it', () => {
    const votable = 'x\nEND_OF_TABLE\ntouch evil\n';
    const cell = curlCell({ ...along, uploads: [{ name: 't', votable }] });
    expect(cell).toContain("<<'END_OF_TABLE_'\n");
    expect(cell).toContain('\nEND_OF_TABLE_\ncurl ');
  });
});

describe('cells of several queries', () => {
  it('put the rows one behind the other', () => {
    const more = [{ adql: 'SELECT 2', maxrec: 5 }];
    const cell = pyvoCell({ ...QUERY, adql: 'SELECT 1', more });
    expect(cell).toContain('from astropy.table import vstack');
    expect(cell).toContain(`parts = [
    service.search("SELECT 1", maxrec=1000),
    service.search("SELECT 2", maxrec=5),
]
tables = [part.to_table() for part in parts]
table = vstack(tables, metadata_conflicts="silent")`);
  });
});

describe('astroqueryCell', () => {
  it('asks with the module of the archive', () => {
    const module = {
      module: 'astroquery.alma',
      name: 'Alma',
      method: 'query_tap',
      rows: 'results'
    } as const;
    expect(astroqueryCell({ ...QUERY, adql: 'SELECT 1' }, module))
      .toBe(`# Obsdeck: GAVO DC, 2026-11-21
from astroquery.alma import Alma

results = Alma.query_tap("SELECT 1", maxrec=1000)
table = results.to_table()
table`);
    expect(astroqueryCell(QUERY, { ...module, rows: 'table' })).toContain(
      '\ntable = results\n'
    );
  });
});
