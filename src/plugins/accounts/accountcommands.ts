import {
  Dialog,
  type ICommandPalette,
  InputDialog,
  showDialog
} from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { IAccount } from '../../archives/account.js';
import type { IAccounts, IArchiveRegistry } from '../../tokens.js';
import type { AccountActions } from './accountactions.js';
import { CommandIDs } from '../commands.js';

/** What the commands of accounts work with. */
export interface IAccountParts {
  readonly commands: CommandRegistry;
  readonly accounts: IAccounts;
  readonly archives: IArchiveRegistry;
  readonly actions: AccountActions;
  readonly translator: ITranslator;
  readonly palette: ICommandPalette | null;
}

/** Add the commands of accounts; without an archive as argument they ask for one. */
export function addAccountCommands(parts: IAccountParts): void {
  const { actions, palette } = parts;
  const trans = parts.translator.load('obsdeck');
  addForArchive(parts, CommandIDs.signIn, {
    label: trans.__('Sign in …'),
    title: trans.__('Sign in to an archive'),
    verb: trans.__('Sign in'),
    fits: account => account.asks.length > 0 || account.found !== null,
    execute: archive => actions.signIn(archive)
  });
  addForArchive(parts, CommandIDs.signOut, {
    label: trans.__('Sign out …'),
    title: trans.__('Sign out of an archive'),
    verb: trans.__('Sign out'),
    fits: account => account.canSignOut,
    execute: archive => actions.signOut(archive)
  });
  addForArchive(parts, CommandIDs.renew, {
    label: trans.__('Renew sign-in …'),
    title: trans.__('Renew the sign-in of an archive'),
    verb: trans.__('Renew'),
    fits: ({ state, renew }) => state === 'expired' || renew !== 'none',
    execute: archive => actions.renew(archive)
  });
  for (const command of [CommandIDs.signIn, CommandIDs.signOut, CommandIDs.renew]) {
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
  addRowCommands(parts, trans);
}

interface IForArchive {
  readonly label: string;
  /** Of the dialog that asks which archive. */
  readonly title: string;
  /** On its button. */
  readonly verb: string;
  /** The accounts with which it can be done. */
  fits(account: IAccount): boolean;
  execute(archive: string): Promise<unknown>;
}

function addForArchive(parts: IAccountParts, id: string, does: IForArchive): void {
  const { commands, accounts } = parts;
  commands.addCommand(id, {
    label: does.label,
    isEnabled: ({ archive }) =>
      typeof archive === 'string' || accounts.accounts.some(does.fits),
    execute: async args => {
      const archive = archiveOf(args) ?? (await chooseArchive(parts, does));
      return archive === null ? false : await does.execute(archive);
    },
    describedBy: {
      args: { type: 'object', properties: { archive: { type: 'string' } } }
    }
  });
}

/** Ask which archive is meant; null when the user cancelled. */
async function chooseArchive(
  { accounts, archives, translator }: IAccountParts,
  { title, verb, fits }: IForArchive
): Promise<string | null> {
  const trans = translator.load('obsdeck');
  const choices = accounts.accounts.filter(fits).map(({ archive }) => archive);
  const { value } = await InputDialog.getItem({
    title,
    label: trans.__('Archive'),
    okLabel: verb,
    items: choices.map(id => archives.get(id)?.definition.name ?? id)
  });
  return (
    choices.find(id => (archives.get(id)?.definition.name ?? id) === value) ?? null
  );
}

/** What the menu of a row has beside signing in and out; needs an archive. */
function addRowCommands(parts: IAccountParts, trans: TranslationBundle): void {
  const { commands, accounts, archives, translator } = parts;
  const describedBy = {
    args: {
      type: 'object',
      properties: { archive: { type: 'string' } },
      required: ['archive']
    }
  } as const;
  const definition = (args: ReadonlyPartialJSONObject) =>
    archives.get(archiveOf(args) ?? '')?.definition;
  commands.addCommand(CommandIDs.accountDetails, {
    label: trans.__('Details …'),
    execute: async args => {
      const account = accounts.get(archiveOf(args) ?? '');
      if (account) {
        const { showDetails } = await import('../../view/accounts/details.js');
        const name = definition(args)?.name ?? account.archive;
        await showDetails(name, account, accounts.now(), translator);
      }
    },
    describedBy
  });
  commands.addCommand(CommandIDs.forgetAccount, {
    label: trans.__('Forget'),
    caption: trans.__('Sign out; what is stored here is deleted'),
    isVisible: args => accounts.get(archiveOf(args) ?? '')?.canSignOut ?? false,
    execute: args => commands.execute(CommandIDs.signOut, args),
    describedBy
  });
  commands.addCommand(CommandIDs.removeArchive, {
    label: trans.__('Remove archive …'),
    isVisible: args => definition(args)?.editable ?? false,
    execute: async args => {
      const own = definition(args);
      if (own?.editable && (await confirmRemoval(own.name, trans))) {
        await archives.remove(own.id);
      }
    },
    describedBy
  });
}

async function confirmRemoval(
  name: string,
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Remove %1', name),
    body: trans.__('%1 is taken off the list, and its sign-in is forgotten.', name),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Remove') })
    ]
  });
  return button.accept;
}

function archiveOf({ archive }: ReadonlyPartialJSONObject): string | null {
  return typeof archive === 'string' ? archive : null;
}
