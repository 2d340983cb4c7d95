import { ToolbarButton } from '@jupyterlab/ui-components';

/** JupyterLab's button takes every press for a turn of a switch; these do something once. */
export class ActionButton extends ToolbarButton {
  override get pressed(): boolean {
    return false;
  }

  override set pressed(_: boolean) {
    // Stays as it is.
  }
}
