import { Dialog } from '@jupyterlab/apputils';

/** Index of the button that accepts, after “Cancel”. */
const ACCEPT = 1;

/**
 * A dialog with “Cancel” and one button that asks somebody else; it stays open until that
 * worked.
 */
export abstract class AskingDialog<Value> extends Dialog<Value> {
  constructor(options: Partial<Dialog.IOptions<Value>> & { readonly title: string }) {
    super(options);
    this.node.setAttribute('aria-label', options.title);
  }

  /** The button that accepts closes the dialog only once what it asks for was done. */
  override resolve(index = ACCEPT): void {
    if (index !== ACCEPT) {
      super.resolve(index);
    } else if (!this.isAsking) {
      void this.accept(() => this.ask());
    }
  }

  /** Let the button that accepts say what it will do now. */
  protected relabel(text: string): void {
    const label = this.node.querySelector('.jp-mod-accept .jp-Dialog-buttonLabel');
    if (label && label.textContent !== text) {
      label.setAttribute('aria-label', text);
      label.replaceChildren(text);
    }
  }

  /** True while somebody is asked already. */
  protected abstract get isAsking(): boolean;

  /** Ask; resolves to false, with the reason shown, when that did not work. */
  protected abstract ask(): Promise<boolean>;

  /** JupyterLab's dialog swallows Enter on buttons and links of the body, which need it. */
  protected override _evtKeydown(event: KeyboardEvent): void {
    const { target } = event;
    const isInBody =
      (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) &&
      target.closest('.jp-Dialog-body');
    if (event.key !== 'Enter' || !isInBody) {
      super._evtKeydown(event);
    }
  }

  /** Close as accepted once this was done; otherwise show where it cannot be. */
  protected async accept(ask: () => Promise<boolean>): Promise<void> {
    if (await ask()) {
      super.resolve(ACCEPT);
    } else if (!this.isDisposed) {
      this.node.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }
}
