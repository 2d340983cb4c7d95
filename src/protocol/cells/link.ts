import { heading } from '../cells.js';
import { handlingOf, importLines } from './content.js';
import { pythonString } from '../python.js';
import { withoutSignature } from '../datalink/signed.js';
import {
  findLinkLines,
  linkTitle,
  sessionLine,
  sessionModule,
  type ICellLink,
  type ICellOrigin
} from './source.js';

/** Python that reads the links of a row with PyVO and shows them as a table. */
export function linksCell(cell: ICellOrigin & { readonly linksUrl: string }): string {
  const url = pythonString(withoutSignature(cell.linksUrl));
  return [
    heading(cell),
    `import ${sessionModule(cell)}`,
    READER,
    '',
    sessionLine(cell),
    `links = DatalinkResults.from_result_url(${url}, session=session)`,
    'links.to_table()'
  ].join('\n');
}

/**
 * Python that finds a link again and fetches what it leads to: FITS files are opened, texts
 * and pictures shown, others saved. The address is asked of the links service each time, so
 * that one that is signed is never written down.
 */
export function linkCell(cell: ICellLink): string {
  const { imports, lines } = handlingOf(cell.link.contentType ?? '');
  return [
    heading(cell),
    `# ${linkTitle(cell.link)}`,
    ...importLines([...imports, `import ${sessionModule(cell)}`, READER]),
    '',
    ...findLinkLines(cell),
    'response = session.get(link["access_url"])',
    'response.raise_for_status()',
    'content = response.content',
    ...lines
  ].join('\n');
}

const READER = 'from pyvo.dal.adhoc import DatalinkResults';
