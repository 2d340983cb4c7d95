/** Python for a row, a link, a cutout or a file. */
export { filesCell } from './files.js';
export { linkCell, linksCell } from './link.js';
export { serviceCell, type ICellService } from './service.js';
export type { ICellLink, ICellOrigin } from './source.js';
