import * as React from 'react';

/**
 * Keeps the focus in a list of rows: where the control that had it vanishes, the focus
 * goes to another one of its row, or of the row that took its place. Dialogs and menus only
 * borrow it.
 *
 * @param rows - selector of the rows
 * @param key - what tells them apart: `archive` for `data-archive`
 */
export function useKeptFocus(
  rows: string,
  key: string
): Pick<React.HTMLAttributes<HTMLElement>, 'onFocus' | 'onBlur'> & {
  ref: React.RefObject<HTMLDivElement>;
} {
  const ref = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<IFocused | null>(null);
  React.useLayoutEffect(() => {
    const had = last.current;
    const isLost = document.activeElement === document.body;
    if (had && isLost && !had.control.isConnected && ref.current) {
      const all = [...ref.current.querySelectorAll<HTMLElement>(rows)];
      const row =
        all.find(one => one.dataset[key] === had.key) ??
        all[Math.min(had.place, all.length - 1)];
      row?.querySelector<HTMLElement>('button')?.focus();
    }
  });
  const onFocus = (event: React.FocusEvent<HTMLElement>): void => {
    const control = event.target;
    const row = control.closest<HTMLElement>(rows);
    const all = [...(ref.current?.querySelectorAll<HTMLElement>(rows) ?? [])];
    last.current = row && {
      control,
      key: row.dataset[key],
      place: all.indexOf(row)
    };
  };
  const onBlur = ({ relatedTarget }: React.FocusEvent): void => {
    const isBorrowed = relatedTarget
      ? relatedTarget.closest('dialog, .lm-Menu') !== null
      : !document.hasFocus();
    if (!isBorrowed) {
      last.current = null;
    }
  };
  return { ref, onFocus, onBlur };
}

interface IFocused {
  readonly control: HTMLElement;
  readonly key: string | undefined;
  /** Position of its row in the list. */
  readonly place: number;
}
