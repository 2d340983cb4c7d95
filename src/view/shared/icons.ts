import { LabIcon } from '@jupyterlab/ui-components';

/** A telescope's cross-hairs above a deck: the sign of Obsdeck. */
export const obsdeckIcon = new LabIcon({
  name: 'obsdeck:obsdeck',
  svgstr: drawing(
    '<circle cx="8" cy="6" r="3.6"/><path d="M2.2 6h2.2M11.6 6h2.2M8 1v1.2"/>' +
      '<path d="M3 12.2h10M5 14.6h6"/>',
    '<circle cx="8" cy="6" r="1.1"/>'
  )
});

/** Search for observations. */
export const searchIcon = new LabIcon({
  name: 'obsdeck:search',
  svgstr: drawing('<circle cx="7" cy="7" r="4.4"/><path d="m10.4 10.4 3.8 3.8"/>')
});

/** Add an archive: a stack of disks with a plus. */
export const addArchiveIcon = new LabIcon({
  name: 'obsdeck:add-archive',
  svgstr: drawing(
    '<ellipse cx="6.6" cy="3.8" rx="4.6" ry="1.9"/>' +
      '<path d="M2 3.8v8.4c0 1 2 1.9 4.6 1.9M11.2 3.8v3.4M2 8c0 1 2 1.9 4.6 1.9"/>' +
      '<path d="M11.6 9.4v5.2M9 12h5.2"/>'
  )
});

/** Insert as cell: a notebook cell with a plus below it. */
export const insertCellIcon = new LabIcon({
  name: 'obsdeck:insert-cell',
  svgstr: drawing(
    '<rect x="2" y="2" width="12" height="5.4" rx="1"/>' +
      '<path d="M8 9.6v5M5.5 12.1h5"/>'
  )
});

/** Send rows to a kernel: an arrow into a bracket. */
export const sendIcon = new LabIcon({
  name: 'obsdeck:send',
  svgstr: drawing('<path d="M1.8 8h8M7 5l3 3-3 3"/><path d="M10.6 2.4h3.2v11.2h-3.2"/>')
});

/** Something needs attention: a triangle with an exclamation mark. */
export const warningIcon = new LabIcon({
  name: 'obsdeck:warning',
  svgstr: drawing('<path d="M8 2.2 14.4 13.4H1.6z"/><path d="M8 6.4v3.2M8 11.4v.1"/>')
});

/** A 16 x 16 drawing of lines of one weight and filled parts, in the theme's icon colour. */
function drawing(lines: string, filled = ''): string {
  // The class must not meet a `fill` attribute on the lines: JupyterLab would fill them.
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" fill="none">' +
    '<g class="jp-icon3" stroke="#616161" stroke-width="1.5" stroke-linecap="round" ' +
    `stroke-linejoin="round">${lines}</g>` +
    `<g class="jp-icon3" fill="#616161">${filled}</g></svg>`
  );
}
