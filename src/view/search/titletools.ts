import type { TranslationBundle } from '@jupyterlab/translation';
import { historyIcon, saveIcon, type Toolbar } from '@jupyterlab/ui-components';

import type { Widget } from '@lumino/widgets';

import { ActionButton } from '../shared/actionbutton.js';
import { SectionTools } from '../shared/sectiontools.js';

/** What the tools of the Search section's title do. */
export interface ITitleActions {
  history(): void;
  save(): void;
}

/**
 * “History” and “Save search”, for the title of the Search section.
 *
 * @param summary - what is searched, beside the title
 */
export function titleTools(
  actions: ITitleActions,
  trans: TranslationBundle,
  summary: Widget
): Toolbar {
  const toolbar = new SectionTools(trans.__('Search'), summary);
  toolbar.addItem(
    'history',
    new ActionButton({
      icon: historyIcon,
      tooltip: trans.__('History'),
      onClick: () => actions.history()
    })
  );
  toolbar.addItem(
    'save',
    new ActionButton({
      icon: saveIcon,
      tooltip: trans.__('Save search'),
      onClick: () => actions.save()
    })
  );
  return toolbar;
}
