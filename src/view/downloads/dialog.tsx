import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { DownloadPlan } from '../../model/downloads/plan.js';
import { formatCount } from '../shared/format.js';
import { PlanForm } from './form.js';

/** What the dialog needs beside the plan. */
export interface IPlanDialogOptions {
  readonly plan: DownloadPlan;
  readonly trans: TranslationBundle;
  readonly notes: readonly string[];
  /** Lets the user choose a folder; null where they gave up. Missing where nobody can. */
  readonly chooseFolder?: (folder: string) => Promise<string | null>;
}

/**
 * Ask where files go, and add them to the queue; the dialog stays open until that worked.
 *
 * @returns false where the user gave up
 */
export async function askPlan(options: IPlanDialogOptions): Promise<boolean> {
  const { button } = await new PlanDialog(options).launch();
  return button.accept;
}

/** Places of the buttons that add; “Cancel” comes before them. */
const ADD = 1;
const START = 2;

/** The dialog “Download 13 files”. */
class PlanDialog extends Dialog<void> {
  constructor({ plan, trans, notes, chooseFolder }: IPlanDialogOptions) {
    const { length } = plan.requests;
    const title = trans._n(
      'Download %2 file',
      'Download %2 files',
      length,
      formatCount(length)
    );
    const choose =
      chooseFolder &&
      (async (): Promise<void> => {
        const folder = await chooseFolder(plan.folder);
        if (folder !== null) {
          plan.choose({ folder });
        }
      });
    super({
      title,
      body: ReactWidget.create(
        <UseSignal signal={plan.changed}>
          {() => (
            <PlanForm
              plan={plan}
              trans={trans}
              notes={notes}
              {...(choose && { onFolder: () => void choose() })}
            />
          )}
        </UseSignal>
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.createButton({ label: trans.__('Add without starting'), accept: true }),
        Dialog.okButton({ label: trans.__('Download') })
      ],
      focusNodeSelector: 'input[type="text"]'
    });
    this.node.setAttribute('aria-label', title);
    this._plan = plan;
  }

  /** A button that adds closes the dialog only once that worked. */
  override resolve(index = START): void {
    if (index < ADD) {
      super.resolve(index);
    } else if (!this._plan.isAdding) {
      void this._add(index);
    }
  }

  /** JupyterLab's dialog takes Enter for itself, also on the buttons of the body. */
  protected override _evtKeydown(event: KeyboardEvent): void {
    const { key, target } = event;
    const isInBody =
      target instanceof HTMLButtonElement && target.closest('.jp-Dialog-body');
    if (key !== 'Enter' || !isInBody) {
      super._evtKeydown(event);
    }
  }

  private async _add(index: number): Promise<void> {
    if ((await this._plan.add(index === START)) && !this.isDisposed) {
      super.resolve(index);
    }
  }

  private readonly _plan: DownloadPlan;
}
