import { MenuSvg } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import type { Menu } from '@lumino/widgets';

/** An entry of a menu: a command, a menu of its own, or a line between others. */
export type MenuEntry = IMenuCommand | IMenuGroup | 'line';

/** An entry that does something. */
export interface IMenuCommand {
  readonly label: string;
  /** Why it is disabled, as tooltip; missing where it is enabled. */
  readonly off?: string;
  /** Whether it is ticked; missing for entries that never are. */
  readonly checked?: boolean;
  run(): void;
}

/** An entry that opens a menu. */
export interface IMenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/**
 * Show a menu at a place of the window, px.
 *
 * @param closed - called when it is closed, before what was chosen is done: the place to
 *   give the focus back
 */
export function showMenu(
  entries: readonly MenuEntry[],
  { x, y }: { readonly x: number; readonly y: number },
  closed: () => void
): void {
  const menu = menuOf(entries);
  menu.aboutToClose.connect(() => {
    closed();
    // Lumino runs the chosen command after closing, so disposal has to wait for it.
    setTimeout(() => menu.dispose(), 0);
  });
  menu.open(x, y);
}

type Aria = Menu.Renderer['createItemARIA'];

/** Lumino gives an entry that opens a menu no role, so that nobody would find it. */
class Renderer extends MenuSvg.Renderer {
  override createItemARIA(data: Menu.IRenderData): ReturnType<Aria> {
    const aria = super.createItemARIA(data);
    return data.item.type === 'submenu' ? { ...aria, role: 'menuitem' } : aria;
  }
}

function menuOf(entries: readonly MenuEntry[], label = ''): Menu {
  const commands = new CommandRegistry();
  const menu = new MenuSvg({ commands, renderer: new Renderer() });
  menu.title.label = label;
  entries.forEach((entry, index) => {
    if (entry === 'line') {
      menu.addItem({ type: 'separator' });
    } else if ('entries' in entry) {
      menu.addItem({ type: 'submenu', submenu: menuOf(entry.entries, entry.label) });
    } else {
      menu.addItem({ command: addCommand(commands, entry, String(index)) });
    }
  });
  return menu;
}

function addCommand(
  commands: CommandRegistry,
  { label, off, checked, run }: IMenuCommand,
  id: string
): string {
  commands.addCommand(id, {
    label,
    caption: off,
    isEnabled: () => off === undefined,
    isToggleable: checked !== undefined,
    isToggled: () => checked === true,
    execute: run,
    describedBy: { args: { type: 'object', properties: {} } }
  });
  return id;
}
