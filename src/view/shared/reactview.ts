import { ReactWidget } from '@jupyterlab/ui-components';

/**
 * A Lumino widget that draws what a function returns; `update()` draws it again, at most
 * once per turn of the message loop.
 */
export class ReactView extends ReactWidget {
  /**
   * @param className - class of the widget's node
   * @param draw - what to show; null shows nothing
   */
  constructor(
    className: string,
    private readonly _draw: () => JSX.Element | null
  ) {
    super();
    this.addClass(className);
  }

  protected override render(): JSX.Element | null {
    return this._draw();
  }
}
