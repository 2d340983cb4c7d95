import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { IArchive } from '../../archives/archive.js';
import { usualAsker } from '../../archives/signin.js';
import {
  IAccounts,
  IArchiveRegistry,
  IObsSelection,
  ITransport
} from '../../tokens.js';
import { linksIcon } from '../../view/links/icons.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { linkDeeds } from './linkdeeds.js';
import { chosenLinks, hasLinks, linkedArchive, shortId } from './linkrows.js';
import { LinkTabs } from './linktabs.js';
import { IQuickLook } from '../quicklook/quicklooktoken.js';
import { rightsOf } from '../accounts/rights.js';

/** Shows everything that belongs to rows: files, previews, cutouts, calibrations, logs. */
export const links: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:links',
  description: 'Shows the links of rows and identifiers in tabs.',
  autoStart: true,
  requires: [IArchiveRegistry, IObsSelection, ITransport],
  optional: [
    IAccounts,
    IQuickLook,
    INotebookTracker,
    ITranslator,
    ILayoutRestorer,
    ICommandPalette,
    ILauncher
  ],
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    selection: IObsSelection,
    transport: ITransport,
    accounts: IAccounts | null,
    quickLook: IQuickLook | null,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const tabs = new LinkTabs({
      app,
      archives,
      trans,
      deeds: model => linkDeeds({ app, transport, trans, quickLook, notebooks }, model),
      ...(accounts && { rights: rightsOf(accounts, archives, app.commands) })
    });
    const parts = { app, archives, selection, tabs, trans };
    addOpenCommand(parts);
    addRowAction(parts);
    const { openLinks: command } = CommandIDs;
    const category = trans.__('Obsdeck');
    palette?.addItem({ command, category });
    launcher?.add({ command, category, rank: 2 });
    if (restorer) {
      void restorer.restore(tabs.tracker, {
        command,
        name: tab => tab.id,
        args: tab => tabs.argumentsOf(tab)
      });
    }
  }
};

interface ILinksParts {
  readonly app: JupyterFrontEnd;
  readonly archives: IArchiveRegistry;
  readonly selection: IObsSelection;
  readonly tabs: LinkTabs;
  readonly trans: TranslationBundle;
}

/** “Open links by identifier …” */
function addOpenCommand(parts: ILinksParts): void {
  const { app, archives, tabs, trans } = parts;
  const command = CommandIDs.openLinks;
  app.commands.addCommand(command, {
    label: args =>
      args['isLauncher']
        ? trans.__('Open links by identifier')
        : trans.__('Open links by identifier …'),
    caption: trans.__('Show everything that belongs to an observation'),
    icon: linksIcon,
    isEnabled: args => args['restored'] === true || linkedArchives(archives).length > 0,
    execute: args => (args['restored'] ? tabs.restore(args) : openById(parts, args)),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          archive: { type: 'string' },
          id: { type: 'string' },
          restored: { type: 'boolean' },
          rows: { type: 'array' }
        }
      }
    }
  });
  archives.changed.connect(() => app.commands.notifyCommandChanged(command));
}

function linkedArchives(archives: IArchiveRegistry): readonly IArchive[] {
  return archives.archives.filter(({ links: service }) => service !== undefined);
}

/** Open the links of an identifier, and ask for it where it is not told. */
async function openById(
  parts: ILinksParts,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { archives, selection, tabs, trans } = parts;
  const all = linkedArchives(archives);
  const named = all.find(({ definition }) => definition.id === args['archive']);
  const { id } = args;
  const source = typeof id === 'string' ? (named?.links?.sourceOfId(id) ?? null) : null;
  let found = named && source ? { archive: named, source } : null;
  if (!found) {
    const { askIdentifier } = await import('../../view/links/identifier.js');
    const first = named ?? linkedArchive(selection) ?? all[0];
    found = await askIdentifier(all, first, trans);
  }
  if (found) {
    const { archive, source: leads } = found;
    await tabs.open({
      archive,
      as: usualAsker(archive.definition),
      subjects: [{ name: shortId(leads.id), source: leads }]
    });
  }
}

/** “Links” of the Results toolbar and of the menu of a row. */
function addRowAction({ selection, tabs, trans }: ILinksParts): void {
  selection.addAction({
    id: 'links',
    label: trans.__('Links'),
    icon: linksIcon,
    rank: -40,
    offered: () => linkedArchive(selection) !== null,
    enabled: () => hasLinks(selection),
    reason: () => trans.__('Choose a row that has links first.'),
    execute: () => {
      const rows = chosenLinks(selection);
      if (rows && rows.subjects.length > 0) {
        attempt(tabs.open(rows));
      }
    }
  });
}
