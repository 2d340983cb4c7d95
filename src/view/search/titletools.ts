import type { TranslationBundle } from '@jupyterlab/translation';
import { historyIcon, saveIcon, type Toolbar } from '@jupyterlab/ui-components';

import { ActionButton } from '../shared/actionbutton.js';
import { SectionTools } from '../shared/sectiontools.js';

/** What the tools of the Search section's title do. */
export interface ITitleActions {
  history(): void;
  save(): void;
}

/** “History” and “Save search”, for the title of the Search section. */
export function titleTools(actions: ITitleActions, trans: TranslationBundle): Toolbar {
  const toolbar = new SectionTools(trans.__('Search'));
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
