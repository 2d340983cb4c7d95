import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import { CommandIDs } from '../commands.js';

/** Commands of the menu of a row, from top to bottom; null stands for a line. */
const ITEMS = [
  CommandIDs.accountDetails,
  CommandIDs.forgetAccount,
  null,
  CommandIDs.editArchive,
  CommandIDs.removeArchive
];

/**
 * Open the menu of an account's row.
 *
 * @param at - where, in CSS pixels of the window
 * @param opener - gets the focus back
 */
export function openAccountMenu(
  commands: CommandRegistry,
  archive: string,
  at: { readonly x: number; readonly y: number },
  opener: HTMLElement
): void {
  const menu = new Menu({ commands });
  for (const command of ITEMS) {
    const type = command === null ? 'separator' : 'command';
    if (command === null || commands.isEnabled(command, { archive })) {
      menu.addItem({ type, command: command ?? '', args: { archive } });
    }
  }
  menu.aboutToClose.connect(() => {
    opener.focus();
    // What was chosen runs first; it may need the menu's items.
    setTimeout(() => menu.dispose());
  });
  menu.open(at.x, at.y);
  menu.activateNextItem();
}
