import { LabIcon } from '@jupyterlab/ui-components';

/** A picture: a frame with a star and a horizon. */
export const quickLookIcon = icon(
  'quick-look',
  '<rect x="2" y="2.6" width="12" height="10.8" rx="1"/>' +
    '<path d="m3 12 3.4-4 2.6 2.8 1.8-1.6L13 12"/><path d="M10.6 5.6v.1"/>'
);

/** Cut out: a circle within a broken frame. */
export const cutOutIcon = icon(
  'cut-out',
  '<path d="M2 5V2h3M8 2h.1M11 2h3v3M14 8v.1M14 11v3h-3M8 14h.1M5 14H2v-3M2 8v.1"/>' +
    '<circle cx="8" cy="8" r="2.6"/>'
);

/** Stretch: bars of a histogram. */
export const stretchIcon = icon(
  'stretch',
  '<path d="M3 13V8M6.3 13V3M9.7 13V6M13 13v-3"/>'
);

/** Colour map: steps of brightness. */
export const colourMapIcon = icon(
  'colour-map',
  '<rect x="2" y="4.6" width="12" height="6.8" rx="1"/><path d="M5.4 4.8v6.4M8 4.8v6.4M10.6 4.8v6.4"/>'
);

/** HDU: sheets, one above the other. */
export const hduIcon = icon(
  'hdu',
  '<path d="m8 2 6 3-6 3-6-3zM2.6 8 8 10.8 13.4 8M2.6 11 8 13.8l5.4-2.8"/>'
);

/** Headers: a card with lines. */
export const headersIcon = icon(
  'headers',
  '<rect x="2" y="2.6" width="12" height="10.8" rx="1"/>' +
    '<path d="M4.6 6h2M4.6 9h2M8.6 6h3M8.6 9h3"/>'
);

/** Link views: two rings of a chain. */
export const linkViewsIcon = icon(
  'link-views',
  '<rect x="1.8" y="5.4" width="7" height="5.2" rx="2.6"/>' +
    '<rect x="7.2" y="5.4" width="7" height="5.2" rx="2.6"/>'
);

/** Fit: corners of a frame. */
export const fitIcon = icon(
  'fit',
  '<path d="M2.4 5.6V2.4h3.2M10.4 2.4h3.2v3.2M13.6 10.4v3.2h-3.2M5.6 13.6H2.4v-3.2"/>'
);

/** A 16 x 16 drawing of lines in the theme's icon colour. */
function icon(name: string, lines: string): LabIcon {
  const svgstr =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" fill="none">' +
    '<g class="jp-icon3" stroke="#616161" stroke-width="1.4" stroke-linecap="round" ' +
    `stroke-linejoin="round">${lines}</g></svg>`;
  return new LabIcon({ name: `obsdeck:${name}`, svgstr });
}
