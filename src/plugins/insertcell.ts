import type { JupyterFrontEnd } from '@jupyterlab/application';
import {
  type INotebookTracker,
  NotebookActions,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { QueryModel } from '../model/query.js';
import { adqlCell, curlCell, type ICellQuery, pyvoCell } from '../protocol/cells.js';

/** A way to write a query down as code. */
export interface ICellFlavour {
  readonly id: string;
  readonly label: string;
}

/** How each flavour is written. */
const WRITERS: ReadonlyMap<unknown, (query: ICellQuery) => string> = new Map([
  ['pyvo', pyvoCell],
  ['adql', adqlCell],
  ['curl', curlCell]
]);

/** The flavours in the order of the menu, the one most people want first. */
export function cellFlavours(trans: TranslationBundle): ICellFlavour[] {
  return [
    { id: 'pyvo', label: trans.__('Python (PyVO)') },
    { id: 'adql', label: trans.__('ADQL') },
    { id: 'curl', label: trans.__('curl') }
  ];
}

/**
 * The cell that repeats a Results tab's query: what the rows shown answer, or the query as
 * it stands where there are no rows yet. Null where there is neither.
 */
export function resultCell(model: QueryModel | null, flavour: unknown): string | null {
  const write = WRITERS.get(flavour) ?? pyvoCell;
  const asked = model?.result.provenance ?? model?.request;
  if (!model || !asked) {
    return null;
  }
  const adql = 'startedAt' in asked ? asked.query.adql : model.adql;
  return write({
    archiveName: asked.archive.definition.name,
    serviceUrl: asked.table.service,
    adql,
    maxrec: asked.query.maxrec,
    date: new Date().toISOString().slice(0, 10),
    ...(asked.as === 'me' && { asMe: asked.archive.definition.id })
  });
}

/**
 * Put a code cell below the active one of the notebook used last; without a notebook, into
 * a new one. The notebook comes to the front.
 */
export async function insertCell(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  source: string
): Promise<void> {
  const panel = notebooks.currentWidget ?? (await newNotebook(app));
  const notebook = panel.content;
  const fresh = isFresh(panel);
  if (!fresh) {
    NotebookActions.insertBelow(notebook);
  }
  NotebookActions.changeCellType(notebook, 'code');
  notebook.activeCell?.model.sharedModel.setSource(source);
  app.shell.activateById(panel.id);
}

/** True for a notebook that holds nothing but one empty code cell: it is filled, not added to. */
function isFresh({ content }: NotebookPanel): boolean {
  const [first, second] = content.widgets;
  return first && !second && first.model.sharedModel.getSource() === '';
}

async function newNotebook(app: JupyterFrontEnd): Promise<NotebookPanel> {
  const panel = (await app.commands.execute('notebook:create-new', {
    kernelName: 'python3'
  })) as NotebookPanel;
  await panel.context.ready;
  return panel;
}
