/**
 * The cell that “Insert as cell” writes for a row, a link, a cutout or files, for running it.
 *
 *     node test/support/linkcell.mjs links|link|service|files < what.json
 *
 * `document` is a {links} answer from `url`; `place` says which of its links is meant, `given`
 * what the user gave for the parameters of its service.
 */
import { readFileSync } from 'node:fs';

import {
  filesCell,
  linkCell,
  linksCell,
  serviceCell
} from '../../lib/protocol/cells/index.js';
import { readLinks } from '../../lib/protocol/datalink/index.js';

const what = JSON.parse(readFileSync(0, 'utf8'));
const { document = '[]', url = '', place = 0, given = {}, paths = [], asMe } = what;
const origin = { archiveName: 'Test', date: '2026-11-22', ...(asMe && { asMe }) };
const bytes = new TextEncoder().encode(document);
const { links, services } = await readLinks(bytes, { url, readAt: 0 });
const link = links[place];
const found = { ...origin, linksUrl: url, link, among: links };
const cells = {
  links: () => linksCell(found),
  link: () => linkCell(found),
  service: () =>
    serviceCell({ ...found, service: services.get(link.serviceDef), given }),
  files: () => filesCell(origin, paths)
};
process.stdout.write(cells[process.argv[2]]());
