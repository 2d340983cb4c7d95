import type { MenuEntry } from '../shared/menu.js';
import type { IResultAction } from './types.js';

/** An action as an entry of a menu. */
export function actionEntry(action: IResultAction): MenuEntry {
  const { label } = action;
  const off = action.enabled() ? undefined : (action.reason?.() ?? '');
  if (action.menu && off === undefined) {
    return { label, entries: itemEntries(action) };
  }
  return { label, off, checked: action.checked?.(), run: () => action.execute() };
}

/** The entries of an action's own menu. */
export function itemEntries(action: IResultAction): MenuEntry[] {
  const items = action.menu?.() ?? [];
  return items.map(({ id, label }) => ({ label, run: () => action.execute(id) }));
}

/** Whether the archive that was asked offers an action. */
export function isOffered({ offered }: IResultAction): boolean {
  return offered?.() ?? true;
}

/** Actions whose place is a button of the toolbar, or the menu behind its last one. */
export function actionsAt(
  actions: readonly IResultAction[],
  place: 'toolbar' | 'more'
): IResultAction[] {
  return actions
    .filter(action => (action.place ?? 'toolbar') === place)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}
