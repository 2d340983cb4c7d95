import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

import type { QueryModel } from '../../model/query.js';
import type { ResultsPanel } from '../../view/results/panel.js';
import type { IWaitingTab } from '../../view/shared/waiting.js';

/** What all tabs of the main area have that show a query and its rows. */
export interface IResultsTab extends IWaitingTab {
  readonly model: QueryModel;
  /** Null while it is loaded, and where there is nothing to show in it. */
  readonly panel: ResultsPanel | null;
  /** True where the next search must not replace the rows. */
  kept: boolean;
  /** Path of the saved search that it shows; null for one that is not saved. */
  readonly path: string | null;
}

/** A Results tab in the main area. */
export type ResultsTab = MainAreaWidget<Widget> & IResultsTab;

/** A Results tab of a search that is not saved. */
export class QueryTab extends MainAreaWidget<ResultsPanel> implements IResultsTab {
  kept = false;

  readonly path = null;

  get model(): QueryModel {
    return this.content.model;
  }

  get panel(): ResultsPanel {
    return this.content;
  }

  get waitsFor(): string | null {
    return waitingFor(this.model);
  }
}

/** Id of the archive for whose sign-in a query waits; null while it does not. */
export function waitingFor({ result }: QueryModel): string | null {
  const { wait, asked } = result;
  return (wait?.for === 'sign-in' && asked?.archive.definition.id) || null;
}

/**
 * Put a tab into the main area, or below it where that takes no second widget, as in
 * Jupyter Notebook. JupyterLab's takes each, but only once its layout is restored; until
 * then it is empty.
 */
export function placeTab(tab: QueryTab, shell: JupyterFrontEnd.IShell): void {
  shell.add(tab, 'main');
  const others = [...shell.widgets('main')];
  if (others.length > 0 && !others.includes(tab)) {
    tab.content.addClass('jp-mod-below');
    shell.add(tab, 'down');
  }
}
