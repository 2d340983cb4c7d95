import type { TranslationBundle } from '@jupyterlab/translation';
import {
  ellipsesIcon,
  ReactiveToolbar,
  Toolbar,
  ToolbarButton
} from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { SyntheticEvent } from 'react';

import { ActionButton } from '../shared/actionbutton.js';
import { type MenuEntry, showMenu } from '../shared/menu.js';
import { actionsAt, isOffered, itemEntries } from './actionmenus.js';
import { columnsIcon, filterIcon, recordIcon } from './icons.js';
import type { IResultAction } from './types.js';

/** What the buttons do that are there in every panel. */
export interface IToolbarToggles {
  readonly filter: () => void;
  /** @param button - what was pressed */
  readonly columns: (button: HTMLElement) => void;
  readonly record: () => void;
  /** Entries of “More result actions”. */
  readonly more: () => MenuEntry[];
}

/** The Results toolbar: contributed actions, then “Filter”, “Columns”, “Record” and more. */
export class ResultsToolbar extends ReactiveToolbar {
  /**
   * @param actions - buttons of plugins, in their order
   * @param trans - translations
   * @param toggle - called when one of the buttons was pressed that are always there
   */
  constructor(
    actions: readonly IResultAction[],
    trans: TranslationBundle,
    toggle: IToolbarToggles
  ) {
    super();
    this.addClass('jp-Obsdeck-Results-toolbar');
    this.node.setAttribute('role', 'toolbar');
    this.node.setAttribute('aria-label', trans.__('Results'));
    this.addItem('spacer', Toolbar.createSpacerItem());
    this._filter = filterButton(trans, toggle);
    this._record = recordButton(trans, toggle);
    this.addItem('filter', this._filter);
    this.addItem('columns', columnsButton(trans, toggle));
    this.addItem('record', this._record);
    this.addItem('more', moreButton(trans, toggle));
    this.setActions(actions);
    // A scroll bar beside the panel takes width, of which no message of a new size tells:
    // the buttons would go into a second line, which is what keeps the scroll bar there.
    this._observer = new ResizeObserver(([{ contentRect }]) => {
      const { width, height } = contentRect;
      MessageLoop.sendMessage(this, new Widget.ResizeMessage(width, height));
    });
    this._observer.observe(this.node);
  }

  override dispose(): void {
    this._observer.disconnect();
    super.dispose();
  }

  /** State of the “Filter” button. */
  set filterShown(shown: boolean) {
    this._filter.pressed = shown;
  }

  /** State of the “Record” button. */
  set recordShown(shown: boolean) {
    this._record.pressed = shown;
  }

  /** Show the buttons of other actions. */
  setActions(actions: readonly IResultAction[]): void {
    for (const { button } of this._buttons) {
      button.dispose();
    }
    this._buttons = actionsAt(actions, 'toolbar').map(action => ({
      action,
      button: actionButton(action)
    }));
    this._buttons.forEach(({ action, button }, index) => {
      this.insertItem(index, action.id, button);
    });
    this.refresh();
  }

  /** Ask the actions again whether they are offered, and enabled. */
  refresh(): void {
    for (const { action, button } of this._buttons) {
      button.setHidden(!isOffered(action));
      button.enabled = action.enabled();
    }
  }

  private _buttons: { action: IResultAction; button: ToolbarButton }[] = [];
  private readonly _observer: ResizeObserver;
  private readonly _filter: ToolbarButton;
  private readonly _record: ToolbarButton;
}

function filterButton(
  trans: TranslationBundle,
  { filter }: IToolbarToggles
): ToolbarButton {
  return new ToolbarButton({
    label: trans.__('Filter'),
    icon: filterIcon,
    tooltip: trans.__('Show only rows with certain values'),
    pressed: false,
    onClick: once(filter)
  });
}

function columnsButton(
  trans: TranslationBundle,
  { columns }: IToolbarToggles
): ToolbarButton {
  const button: ToolbarButton = new ActionButton({
    label: trans.__('Columns'),
    icon: columnsIcon,
    tooltip: trans.__('Choose which columns are shown, and their order'),
    'aria-haspopup': 'dialog',
    onClick: once(() => columns(pressable(button)))
  });
  return button;
}

function recordButton(
  trans: TranslationBundle,
  { record }: IToolbarToggles
): ToolbarButton {
  return new ToolbarButton({
    label: trans.__('Record'),
    icon: recordIcon,
    tooltip: trans.__('Show one row with all its columns'),
    pressed: false,
    onClick: once(record)
  });
}

function moreButton(
  trans: TranslationBundle,
  { more }: IToolbarToggles
): ToolbarButton {
  const button: ToolbarButton = new ActionButton({
    icon: ellipsesIcon,
    tooltip: trans.__('More result actions'),
    'aria-haspopup': 'menu',
    onClick: once(() => openBelow(button, more()))
  });
  return button;
}

function actionButton(action: IResultAction): ToolbarButton {
  const button: ToolbarButton = new ActionButton({
    label: action.label,
    icon: action.icon,
    tooltip: action.label,
    disabledTooltip: action.reason?.(),
    'aria-haspopup': action.menu ? 'menu' : undefined,
    onClick: once(() => (action.menu ? openMenu(action, button) : action.execute()))
  });
  if (action.menu) {
    button.addClass('jp-Obsdeck-Results-menuButton');
  }
  return button;
}

/**
 * JupyterLab's button calls its handler for the key press and again for the click that a
 * browser may make of it: what toggles would be undone at once. So there is no such click.
 */
function once(handle: () => void): (event?: SyntheticEvent) => void {
  return event => {
    if (event?.type === 'keydown') {
      event.preventDefault();
    }
    handle();
  };
}

/** What of a toolbar's button can have the focus. */
function pressable({ node }: ToolbarButton): HTMLElement {
  return node.querySelector<HTMLElement>('.jp-ToolbarButtonComponent') ?? node;
}

function openMenu(action: IResultAction, button: ToolbarButton): void {
  openBelow(button, itemEntries(action));
}

/** Open a menu below a button, which has the focus again when it is closed. */
function openBelow(button: ToolbarButton, entries: readonly MenuEntry[]): void {
  const { left: x, bottom: y } = button.node.getBoundingClientRect();
  // The chosen command may move the focus on.
  showMenu(entries, { x, y }, () => pressable(button).focus());
}
