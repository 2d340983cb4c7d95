import { LabIcon } from '@jupyterlab/ui-components';

/** Cut out: a frame of broken lines around a circle. */
export const cutoutIcon = new LabIcon({
  name: 'obsdeck:cutout',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" fill="none">' +
    '<g class="jp-icon3" stroke="#616161" stroke-width="1.5" stroke-linecap="round">' +
    '<path d="M2 5V2h3M8 2h.1M11 2h3v3M14 8v.1M14 11v3h-3M8 14h-.1M5 14H2v-3M2 8v-.1"/>' +
    '<circle cx="8" cy="8" r="2.6"/></g></svg>'
});
