import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { Asker } from '../../archives/account.js';
import type { IArchive } from '../../archives/archive.js';
import { ServiceJobs } from '../../archives/servicejobs.js';
import { usualAsker } from '../../archives/signin.js';
import type { IRowTarget } from '../../model/quicklook/types.js';
import type { IServiceMeans } from '../../model/cutout/run.js';
import type { CutoutSession } from '../../model/cutout/session.js';
import type {
  IAccounts,
  IArchiveRegistry,
  IDownloadQueue,
  IObsSelection,
  ITransport
} from '../../tokens.js';
import type { IFormActions } from '../../view/cutout/form.js';
import { hostOf } from '../../view/shared/rights.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { cutoutCodes } from './cutoutcodes.js';
import { showTable } from '../results/showtable.js';

/** What cutouts are wired with. */
export interface ICutoutParts {
  readonly commands: CommandRegistry;
  readonly archives: IArchiveRegistry;
  readonly transport: ITransport;
  readonly queue: IDownloadQueue;
  readonly selection: IObsSelection;
  readonly accounts: IAccounts | null;
  readonly trans: TranslationBundle;
  /** Look at a file that was cut out of a row. */
  openFile(path: string, origin: IRowTarget): void;
  /** Put Python into the notebook used last, as a cell. */
  insert(source: string): void;
}

/** What the described services of an archive are run with. */
export function meansOf(parts: ICutoutParts, archive: IArchive): IServiceMeans | null {
  const asker = askerOf(parts.selection, archive);
  const { links, definition } = archive;
  const { queue, transport, accounts, selection } = parts;
  return links === undefined
    ? null
    : {
        archive: definition.id,
        queue,
        links,
        jobs: new ServiceJobs(transport, definition),
        asker: () => asker,
        asMe: (id, work, signal) =>
          accounts === null ? work() : accounts.asMe(id, work, signal),
        openTable: (call, answer, title) =>
          showTable(selection, archive, call, answer, title)
      };
}

/** What the form of a service of an archive does with the application. */
export function actionsOf(
  parts: ICutoutParts,
  { definition }: IArchive,
  openFile: (path: string) => void
): IFormActions {
  const { commands, trans } = parts;
  return {
    copy: text => Clipboard.copyToSystem(text),
    insertAsCell: session =>
      parts.insert(cutoutCodes(session, definition, trans)[0]?.text ?? ''),
    codes: session => cutoutCodes(session, definition, trans),
    sentTo: session => sentTo(trans, session),
    signIn: () =>
      attempt(commands.execute(CommandIDs.signIn, { archive: definition.id })),
    openFile
  };
}

/** Rows that were found in the user's name are cut out in it, too. */
function askerOf({ query }: IObsSelection, { definition }: IArchive): Asker {
  const asked = query?.result.provenance;
  const isSame = asked?.archive.definition.id === definition.id;
  return (isSame ? asked?.as : undefined) ?? usualAsker(definition);
}

function sentTo(trans: TranslationBundle, { model, asker }: CutoutSession): string {
  const host = hostOf(model?.request?.url ?? '');
  if (host === '') {
    return '';
  }
  return asker === 'me'
    ? trans.__('Sent to %1, as you.', host)
    : trans.__('Sent to %1.', host);
}
