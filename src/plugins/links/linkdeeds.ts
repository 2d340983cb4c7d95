import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { followLink } from '../../model/links/follow.js';
import type { LinksModel } from '../../model/links/model.js';
import { requestsOf } from '../../model/links/requests.js';
import { targetOf } from '../../model/links/target.js';
import { fetchText } from '../../model/links/textfile.js';
import type { IShownLink, LinkUse } from '../../model/links/types.js';
import { fetchPicture, type IPictureFile } from '../../model/previews.js';
import type { ITransport } from '../../tokens.js';
import { linksIcon } from '../../view/links/icons.js';
import type { ILinksDeeds } from '../../view/links/types.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { insertCell } from '../notebook/insertcell.js';
import { linkCells } from './linkcells.js';
import type { IQuickLook } from '../quicklook/quicklooktoken.js';
import { saveText } from '../savetext.js';

/** What is done with links is done by these. */
export interface ILinkDeedsParts {
  readonly app: JupyterFrontEnd;
  readonly transport: ITransport;
  readonly trans: TranslationBundle;
  /** Where files are looked at and services have their forms; null where nobody shows them. */
  readonly quickLook: IQuickLook | null;
  /** Null where there are no notebooks. */
  readonly notebooks: INotebookTracker | null;
}

/** What the buttons and keys of a Links tab do. */
export function linkDeeds(parts: ILinkDeedsParts, model: LinksModel): ILinksDeeds {
  const { notebooks } = parts;
  const { commands } = parts.app;
  const canDownload = commands.hasCommand(CommandIDs.download);
  return {
    open: id => attempt(openLink(parts, model, id)),
    ...(canDownload && {
      download: ids => attempt(downloadLinks(parts, model, ids))
    }),
    ...(notebooks && {
      insert: ids => attempt(insertLinks(parts, notebooks, model, ids))
    }),
    picture: (id, signal) => pictureOf(parts, model, id, signal),
    save: saveText
  };
}

async function downloadLinks(
  { app }: ILinkDeedsParts,
  model: LinksModel,
  ids: readonly string[]
): Promise<void> {
  const requests = await requestsOf(model, ids, new AbortController().signal);
  await app.commands.execute(CommandIDs.download, { requests } as never);
}

async function insertLinks(
  { app, trans }: ILinkDeedsParts,
  notebooks: INotebookTracker,
  model: LinksModel,
  ids: readonly string[]
): Promise<void> {
  for (const source of linkCells(model, ids, trans, Date.now())) {
    await insertCell(app, notebooks, { source, type: 'code' });
  }
}

async function pictureOf(
  { transport }: ILinkDeedsParts,
  model: LinksModel,
  id: string,
  signal: AbortSignal
): Promise<IPictureFile> {
  const archive = model.archive.definition.id;
  return await followLink(model, id, signal, ({ url, as }) =>
    fetchPicture(transport, archive, url, signal, as)
  );
}

/** Open a link as what it is. */
async function openLink(
  parts: ILinkDeedsParts,
  model: LinksModel,
  id: string
): Promise<void> {
  const thing = model.thing(id);
  if (thing?.kind === 'link') {
    await OPENERS[thing.use](parts, model, id, thing);
  }
}

type Opener = (
  parts: ILinkDeedsParts,
  model: LinksModel,
  id: string,
  thing: IShownLink
) => Promise<void> | void;

const OPENERS: Readonly<Record<LinkUse, Opener>> = {
  fits: showTarget,
  service: showTarget,
  text: showText,
  picture: (_, model, id) => model.focus(id),
  links: (_, model, id) => model.toggle([{ id }], true),
  page: (_parts, model, id) => openPage(model, id),
  file: ({ trans }, _model, _id, { name }) => sayCannot(trans, name),
  none: ({ trans }, _model, _id, { name }) => sayCannot(trans, name)
};

function sayCannot(trans: TranslationBundle, name: string): void {
  Notification.info(trans.__('%1 cannot be shown here. Tick it to fetch it.', name), {
    autoClose: 8000
  });
}

/** The page is the archive's: it knows nothing of this one. */
async function openPage(model: LinksModel, id: string): Promise<void> {
  const { accessUrl } = await model.fresh(id, new AbortController().signal);
  if (accessUrl !== null && /^https?:/i.test(accessUrl)) {
    window.open(accessUrl, '_blank', 'noopener,noreferrer');
  }
}

/** Bring the Quick look of a link to the front, or its form. */
async function showTarget(
  { quickLook, trans }: ILinkDeedsParts,
  model: LinksModel,
  id: string,
  thing: IShownLink
): Promise<void> {
  if (!quickLook) {
    sayCannot(trans, thing.name);
    return;
  }
  const link = await model.fresh(id, new AbortController().signal);
  await quickLook.open(targetOf(model, id, thing, link), thing.use === 'service');
}

/** Show a text in a tab of its own; the same text twice is one tab. */
async function showText(
  { app, transport, trans }: ILinkDeedsParts,
  model: LinksModel,
  id: string,
  { name, link }: IShownLink
): Promise<void> {
  const archive = model.archive.definition.id;
  const tabId = `obsdeck-text-${archive}-${link.id}-${name}`;
  const { TextPanel } = await import('../../view/links/text.js');
  const there = [...app.shell.widgets('main')].find(tab => tab.id === tabId);
  if (!there) {
    const content = new TextPanel({
      name,
      trans,
      save: saveText,
      fetch: signal =>
        followLink(model, id, signal, ({ url, as }) =>
          fetchText(transport, { archive, url, as }, signal)
        )
    });
    const tab = new MainAreaWidget({ content });
    tab.id = tabId;
    tab.title.label = name;
    tab.title.caption = name;
    tab.title.icon = linksIcon;
    tab.title.closable = true;
    tab.toolbar.hide();
    app.shell.add(tab, 'main');
  }
  app.shell.activateById(tabId);
}
