import type { TranslationBundle } from '@jupyterlab/translation';
import { historyIcon, saveIcon, Toolbar } from '@jupyterlab/ui-components';

import { ActionButton } from '../shared/actionbutton.js';

/** What the tools of the Search section's title do. */
export interface ITitleActions {
  history(): void;
  save(): void;
}

/** “History” and “Save search”, for the title of the Search section. */
export function titleTools(actions: ITitleActions, trans: TranslationBundle): Toolbar {
  const toolbar = new Toolbar();
  toolbar.addClass('jp-Obsdeck-SectionTools');
  toolbar.node.setAttribute('aria-label', trans.__('Search'));
  toolbar.addItem('spacer', Toolbar.createSpacerItem());
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
  // JupyterLab's toolbar keeps clicks to itself, but not keys.
  toolbar.node.addEventListener('keydown', event => event.stopPropagation());
  return toolbar;
}
