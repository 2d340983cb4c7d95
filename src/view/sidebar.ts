import type { ITranslator } from '@jupyterlab/translation';
import { SidePanel, Toolbar, ToolbarButton } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import type { SearchModel } from '../model/search.js';
import { type ISearchCallbacks, SearchPanel } from './search/panel.js';
import { addArchiveIcon, obsdeckIcon } from './shared/icons.js';

/** Id of the sidebar's widget, for restoring and styling. */
export const SIDEBAR_ID = 'obsdeck-sidebar';

/** What {@link createSidebar} needs. */
export interface ISidebarOptions {
  readonly model: SearchModel;
  readonly callbacks: ISearchCallbacks;
  readonly translator: ITranslator;
  /** Called whenever the sidebar comes into sight. */
  readonly onShown?: () => void;
}

/** The Obsdeck sidebar: a toolbar above sections that fold. */
export class Sidebar extends SidePanel {
  constructor({ model, callbacks, translator, onShown }: ISidebarOptions) {
    super({ translator });
    this._onShown = onShown;
    const trans = translator.load('obsdeck');
    this.id = SIDEBAR_ID;
    this.addClass('jp-Obsdeck-Sidebar');
    this.title.icon = obsdeckIcon;
    this.title.caption = trans.__('Obsdeck');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Obsdeck'));
    this.toolbar.node.setAttribute('role', 'toolbar');
    this.toolbar.node.setAttribute('aria-label', trans.__('Obsdeck'));
    this.toolbar.addItem('title', heading(trans.__('Obsdeck')));
    this.toolbar.addItem('spacer', Toolbar.createSpacerItem());
    this.toolbar.addItem(
      'add-archive',
      new ToolbarButton({
        icon: addArchiveIcon,
        tooltip: trans.__('Add archive'),
        onClick: () => callbacks.addArchive(),
        translator
      })
    );
    this.search = new SearchPanel(model, callbacks, trans);
    this.addWidget(this.search);
  }

  /** The Search section. */
  readonly search: SearchPanel;

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._onShown?.();
  }

  /** Whoever asks for the sidebar wants to type. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.search.activate();
  }

  private readonly _onShown: (() => void) | undefined;
}

/** Make the sidebar; it asks nothing of anybody until somebody presses a button. */
export function createSidebar(options: ISidebarOptions): Sidebar {
  return new Sidebar(options);
}

function heading(text: string): Widget {
  const widget = new Widget({ node: document.createElement('h2') });
  widget.addClass('jp-Obsdeck-Sidebar-title');
  widget.node.textContent = text;
  return widget;
}
