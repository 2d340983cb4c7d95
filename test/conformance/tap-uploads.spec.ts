import { describe, expect, it } from 'vitest';

import { buildQueryRequest } from '../../src/protocol/tap.js';

describe('uploads', () => {
  const uploads = [
    { name: 'targets', votable: '<VOTABLE>\u00e9\r\n</VOTABLE>' },
    { name: 'b2', votable: '<VOTABLE/>' }
  ];

  it.each(['sync', 'async'] as const)(
    'go along with a %s query as files',
    async resource => {
      const adql = `SELECT 'a"b\r\n--x' FROM TAP_UPLOAD.targets`;
      const request = buildQueryRequest('https://x.org/tap', resource, {
        adql,
        maxrec: 5,
        uploads
      });
      expect(request.url).toBe(`https://x.org/tap/${resource}`);
      const form = await new Response(request.body as Uint8Array<ArrayBuffer>, {
        headers: request.headers
      }).formData();
      expect(form.get('QUERY')).toBe(adql);
      expect(form.get('UPLOAD')).toBe('targets,param:targets;b2,param:b2');
      const file = form.get('targets') as File;
      expect(file.type).toBe('application/x-votable+xml');
      expect(await file.text()).toBe(uploads[0].votable);
    }
  );

  it.each(['', '1a', 'a b', 'a"; name="QUERY', 'a;b'])('refuse the name %j', name => {
    const query = { adql: '', maxrec: 1, uploads: [{ name, votable: '' }] };
    expect(() => buildQueryRequest('https://x.org', 'sync', query)).toThrow(
      /cannot be the name/
    );
  });

  it('refuse the same name twice, in any case', () => {
    const twice = ['a', 'A'].map(name => ({ name, votable: '' }));
    const query = { adql: '', maxrec: 1, uploads: twice };
    expect(() => buildQueryRequest('https://x.org', 'sync', query)).toThrow();
  });
});
