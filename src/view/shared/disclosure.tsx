import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** Properties of {@link Disclosure}. */
export interface IDisclosureProps {
  /** Words of the button that folds and unfolds. */
  readonly label: string;
  readonly initiallyOpen?: boolean;
  readonly children: React.ReactNode;
}

/** A button, and below it what it unfolds; the content exists only while it is open. */
export function Disclosure(props: IDisclosureProps): JSX.Element {
  const { label, initiallyOpen = false, children } = props;
  const [open, setOpen] = React.useState(initiallyOpen);
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <div className="jp-Obsdeck-Disclosure">
      <button
        type="button"
        className="jp-Obsdeck-Disclosure-button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Caret tag="span" className="jp-Obsdeck-Disclosure-caret" />
        {label}
      </button>
      {open && children}
    </div>
  );
}
