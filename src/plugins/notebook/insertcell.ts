import type { JupyterFrontEnd } from '@jupyterlab/application';
import {
  type INotebookTracker,
  NotebookActions,
  type NotebookPanel
} from '@jupyterlab/notebook';

import type { IResultCell } from './cellsources.js';

/**
 * Put a cell below the active one of the notebook used last; without a notebook, into a
 * new one. The notebook comes to the front.
 */
export async function insertCell(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  { source, type }: IResultCell
): Promise<void> {
  const panel = notebooks.currentWidget ?? (await newNotebook(app));
  const notebook = panel.content;
  const fresh = isFresh(panel);
  if (!fresh) {
    NotebookActions.insertBelow(notebook);
  }
  NotebookActions.changeCellType(notebook, type);
  notebook.activeCell?.model.sharedModel.setSource(source);
  if (type === 'markdown') {
    NotebookActions.renderAllMarkdown(notebook);
  }
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
