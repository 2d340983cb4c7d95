import type { DataGrid } from '@lumino/datagrid';

/** Colours and fonts of the grid, as the canvas takes them. */
export interface IGridTheme {
  readonly font: string;
  readonly headerFont: string;
  readonly unitFont: string;
  readonly text: string;
  /** Nulls, units, row numbers. */
  readonly muted: string;
  /** The padlock of proprietary rows. */
  readonly locked: string;
  /** The mark of rows whose file is on disk. */
  readonly good: string;
  readonly style: DataGrid.Style;
}

/**
 * Read the theme from the CSS variables that hold at `node`: a canvas knows no variables.
 *
 * @param node - an element inside the page that has the theme
 */
export function readTheme(node: HTMLElement): IGridTheme {
  const css = getComputedStyle(node);
  const read = (name: string, fallback: string): string =>
    css.getPropertyValue(name).trim() || fallback;
  const family = read('--jp-ui-font-family', 'sans-serif');
  const size = read('--jp-ui-font-size1', '13px');
  const small = read('--jp-Obsdeck-Results-unitSize', '11px');
  return {
    font: `${size} ${family}`,
    headerFont: `600 ${size} ${family}`,
    unitFont: `${small} ${family}`,
    text: read('--jp-ui-font-color1', '#212121'),
    muted: read('--jp-ui-font-color2', '#757575'),
    locked: read('--jp-Obsdeck-warn', '#b06000'),
    good: read('--jp-Obsdeck-good', '#2e7d32'),
    style: gridStyle(read)
  };
}

/** Call `changed` when JupyterLab has put another theme on; returns what stops it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(() => changed());
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light']
  });
  return () => observer.disconnect();
}

function gridStyle(read: (name: string, fallback: string) => string): DataGrid.Style {
  const background = read('--jp-layout-color1', '#ffffff');
  const header = read('--jp-Obsdeck-Results-head', '#f3f3f3');
  const line = read('--jp-border-color2', '#e0e0e0');
  const border = read('--jp-border-color1', '#bdbdbd');
  const selection = read('--jp-Obsdeck-Results-selection', 'rgba(25, 118, 210, 0.18)');
  return {
    voidColor: background,
    backgroundColor: background,
    gridLineColor: line,
    headerBackgroundColor: header,
    headerGridLineColor: line,
    headerHorizontalGridLineColor: border,
    selectionFillColor: selection,
    selectionBorderColor: 'transparent',
    headerSelectionFillColor: selection,
    headerSelectionBorderColor: 'transparent',
    cursorFillColor: 'transparent',
    cursorBorderColor: read('--jp-brand-color1', '#1976d2')
  };
}
