import { LabIcon } from '@jupyterlab/ui-components';

/** A query that runs at the service: two layers, one above the other. */
export const jobIcon = new LabIcon({
  name: 'obsdeck:job',
  svgstr: outline(
    '<rect x="2.5" y="2.6" width="11" height="4.2"/>' +
      '<rect x="2.5" y="9.2" width="11" height="4.2"/><path d="M5 4.7h.1M5 11.3h.1"/>'
  )
});

/** Lines of a text, indented. */
export const formatIcon = new LabIcon({
  name: 'obsdeck:format',
  svgstr: outline('<path d="M2.5 3.5h11M5.5 6.5h8M5.5 9.5h8M2.5 12.5h7"/>')
});

/** Layers of disks: a schema. */
export const schemaIcon = new LabIcon({
  name: 'obsdeck:schema',
  svgstr: outline(
    '<ellipse cx="8" cy="4" rx="5" ry="2"/>' +
      '<path d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"/>'
  )
});

/** An icon in the theme's colour, which JupyterLab gives to strokes by class. */
function outline(content: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"' +
    ' fill="none"><g class="jp-icon3" stroke="#616161" stroke-width="1.4"' +
    ` stroke-linecap="round" stroke-linejoin="round">${content}</g></svg>`
  );
}
