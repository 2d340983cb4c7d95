import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { ReactView } from './reactview.js';

/** Px that a popup keeps from the window's edges. */
const MARGIN = 8;

/** What a {@link Popup} is made of. */
export interface IPopupOptions {
  readonly className: string;
  /** Its accessible name. */
  readonly label: string;
  /** What it hangs below; has the focus again when it closes. */
  readonly opener: HTMLElement;
  draw(): JSX.Element;
}

/**
 * A small dialog below the button that opened it. Goes away with Escape, with a press
 * elsewhere and when the focus leaves it; disposes itself then.
 */
export class Popup extends ReactView {
  constructor(private readonly _options: IPopupOptions) {
    super('jp-Obsdeck-Popup', () => _options.draw());
    this.addClass(_options.className);
    this.node.setAttribute('role', 'dialog');
    this.node.setAttribute('aria-label', _options.label);
  }

  /** Show it; the focus goes to its first field. */
  open(): void {
    Widget.attach(this, document.body);
    MessageLoop.sendMessage(this, Widget.Msg.UpdateRequest);
    this._place();
    void this.renderPromise?.then(() => {
      this._place();
      this.node.querySelector<HTMLElement>('input, button')?.focus();
    });
  }

  /** @param refocus - give the focus back to the opener */
  override close(refocus = true): void {
    if (this.isDisposed) {
      return;
    }
    const { opener } = this._options;
    this.dispose();
    if (refocus && opener.isConnected) {
      opener.focus();
    }
  }

  /** Handle an event of the page. */
  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent) {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      }
    } else if (event.type === 'focusout') {
      this._leave((event as FocusEvent).relatedTarget);
    } else if (event.type === 'pointerdown') {
      this._leave(event.target);
    } else {
      this._place();
    }
  }

  protected override onAfterAttach(): void {
    this.node.addEventListener('keydown', this);
    this.node.addEventListener('focusout', this);
    document.addEventListener('pointerdown', this, true);
    window.addEventListener('resize', this);
  }

  protected override onBeforeDetach(): void {
    this.node.removeEventListener('keydown', this);
    this.node.removeEventListener('focusout', this);
    document.removeEventListener('pointerdown', this, true);
    window.removeEventListener('resize', this);
  }

  /** A button that opens it closes it again by itself, so that it is no place elsewhere. */
  private _leave(target: EventTarget | null): void {
    const { opener } = this._options;
    const isElsewhere =
      target instanceof Node && !this.node.contains(target) && !opener.contains(target);
    if (isElsewhere) {
      this.close(false);
    }
  }

  private _place(): void {
    const { left, bottom } = this._options.opener.getBoundingClientRect();
    const widest = window.innerWidth - this.node.offsetWidth - MARGIN;
    this.node.style.left = `${Math.max(MARGIN, Math.min(left, widest))}px`;
    this.node.style.top = `${bottom}px`;
    this.node.style.maxHeight = `${Math.max(120, window.innerHeight - bottom - MARGIN)}px`;
  }
}
