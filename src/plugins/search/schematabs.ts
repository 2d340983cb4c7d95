import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { Panel } from '@lumino/widgets';

import type { IArchive, ISearchTable } from '../../archives/archive.js';
import { SchemaBrowser } from '../../model/schema/browser.js';
import { IArchiveRegistry } from '../../tokens.js';
import { schemaIcon } from '../../view/query/icons.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { IResultTabs } from '../results/results.js';
import { ISchemas } from './schema.js';

/** A Schema tab in the main area; empty until the archives are known. */
class SchemaTab extends MainAreaWidget<Panel> {
  /** Which service it shows, for the layout. */
  where: { readonly archive: string; readonly service: string } = {
    archive: '',
    service: ''
  };
}

/** Shows the tables, columns and functions of services in tabs. */
export const schemaTabs: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:schema-tabs',
  description: 'Shows the tables and columns of the archives’ services.',
  autoStart: true,
  requires: [IArchiveRegistry, ISchemas, IResultTabs],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette, ILauncher],
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    schemas: ISchemas,
    results: IResultTabs,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const tabs = new SchemaTabs(app, { archives, schemas, results, trans });
    const { openSchema: command } = CommandIDs;
    app.commands.addCommand(command, {
      label: trans.__('Browse schema'),
      caption: trans.__('Show the tables, columns and functions of an archive'),
      icon: schemaIcon,
      isEnabled: args => args['restored'] === true || tabs.archiveOf() !== null,
      execute: args => (args['restored'] ? tabs.restore(args) : tabs.open(args)),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            archive: { type: 'string' },
            service: { type: 'string' },
            restored: { type: 'boolean' }
          }
        }
      }
    });
    archives.changed.connect(() => app.commands.notifyCommandChanged(command));
    const category = trans.__('Obsdeck');
    palette?.addItem({ command, category });
    launcher?.add({ command, category, rank: 1 });
    if (restorer) {
      void restorer.restore(tabs.tracker, {
        command,
        name: tab => tab.id,
        args: ({ where }) => ({ ...where, restored: true })
      });
    }
  }
};

type Arguments = Readonly<Record<string, unknown>>;

interface ISchemaTabParts {
  readonly archives: IArchiveRegistry;
  readonly schemas: ISchemas;
  readonly results: IResultTabs;
  readonly trans: TranslationBundle;
}

/** The Schema tabs, one for each service. */
class SchemaTabs {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _parts: ISchemaTabParts
  ) {}

  readonly tracker = new WidgetTracker<SchemaTab>({ namespace: 'obsdeck-schemas' });

  /** The archive of that id, or else of the query used last, or the first with tables. */
  archiveOf(id?: string): IArchive | null {
    const { archives, results } = this._parts;
    const used = results.query?.request?.archive;
    const first = archives.archives.find(({ discover }) => discover !== undefined);
    const wanted = id === undefined ? (used ?? first) : archives.get(id);
    return wanted?.discover ? wanted : null;
  }

  /** Bring the tab of a service to the front, or open it, and ask for what it shows. */
  async open(args: Arguments): Promise<void> {
    const { archive: id } = args;
    const archive = this.archiveOf(typeof id === 'string' ? id : undefined);
    const service = archive && this._serviceOf(archive, args['service']);
    if (!archive || !service) {
      return;
    }
    const tabId = idOf(archive.definition.id, service);
    const there = this.tracker.find(tab => tab.id === tabId);
    const tab = there ?? this._create(archive.definition.id, service);
    this._app.shell.activateById(tab.id);
    const browser = await this._fill(tab, archive, service);
    await browser.load();
  }

  /** Open a tab of the last layout; it shows what is kept, and asks nobody. */
  restore(args: Arguments): void {
    const { archives } = this._parts;
    const [id, service] = [String(args['archive']), String(args['service'])];
    const tab = this._create(id, service);
    // JupyterLab's whole layout waits for this command, which thus cannot wait for the
    // archives: where the server half is missing they never come.
    void archives.ready.then(async () => {
      const archive = this.archiveOf(id);
      if (archive && this._serviceOf(archive, service) === service && !tab.isDisposed) {
        await (await this._fill(tab, archive, service)).recall();
      } else {
        tab.dispose();
      }
    });
  }

  private _create(archive: string, service: string): SchemaTab {
    const tab = new SchemaTab({ content: new Panel() });
    tab.id = idOf(archive, service);
    tab.where = { archive, service };
    tab.content.addClass('jp-Obsdeck-Schema-tab');
    tab.title.label = this._parts.trans.__('Schema');
    tab.title.caption = service;
    tab.title.icon = schemaIcon;
    tab.title.closable = true;
    tab.toolbar.hide();
    void this.tracker.add(tab);
    this._app.shell.add(tab, 'main', { mode: 'split-right' });
    return tab;
  }

  /** Put the tree into a tab, once. */
  private async _fill(
    tab: SchemaTab,
    archive: IArchive,
    service: string
  ): Promise<SchemaBrowser> {
    const { SchemaPanel } = await import('../../view/schema/panel.js');
    const [there] = tab.content.widgets;
    if (there instanceof SchemaPanel) {
      return there.browser;
    }
    const { schemas, trans } = this._parts;
    const browser = new SchemaBrowser(schemas, archive, service);
    const insert = (adql: string): void =>
      attempt(this._insert(archive, service, adql));
    tab.title.label = trans.__('Schema: %1', archive.definition.name);
    tab.content.addWidget(new SchemaPanel({ browser, trans, insert }));
    return browser;
  }

  /** Into the editor used last; where there is none, into a new one for that service. */
  private async _insert(
    archive: IArchive,
    service: string,
    adql: string
  ): Promise<void> {
    const { results } = this._parts;
    const { tracker } = results;
    const table = this._tableOf(archive, service);
    if (!tracker.currentWidget?.panel && table) {
      const query = {
        adql: 'SELECT ',
        maxrec: archive.discover?.defaultRowLimit ?? 1000
      };
      await results.edit({ archive, table, query, subject: table.name });
    }
    const tab = tracker.currentWidget;
    if (tab?.panel) {
      this._app.shell.activateById(tab.id);
      tab.panel.insertIntoQuery(adql);
    }
  }

  private _serviceOf(archive: IArchive, wanted: unknown): string | undefined {
    const services = archive.discover?.tables.map(({ service }) => service) ?? [];
    const { request } = this._parts.results.query ?? {};
    const used =
      request?.archive.definition.id === archive.definition.id && request.table.service;
    return (
      services.find(service => service === wanted) ??
      services.find(service => service === used) ??
      services[0]
    );
  }

  private _tableOf(archive: IArchive, service: string): ISearchTable | undefined {
    return archive.discover?.tables.find(table => table.service === service);
  }
}

function idOf(archive: string, service: string): string {
  return `obsdeck-schema-${archive}-${service}`;
}
