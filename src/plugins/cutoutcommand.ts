import type { IArchive } from '../archives/archive.js';
import { idTarget, rowTarget } from '../model/quicklook/rowtarget.js';
import type { IRowTarget } from '../model/quicklook/types.js';
import { cellsOf } from '../model/rowcells.js';
import type { IObsSelection } from '../tokens.js';
import { cutoutIcon } from '../view/cutout/icons.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';
import type { ICutoutParts } from './cutoutmeans.js';
import type { IQuickLook } from './quicklooktoken.js';

/** Where cutouts are specified: the Quick look tabs. */
export type CutoutPlace = Pick<IQuickLook, 'open'>;

/** `obsdeck:cut-out`: of an identifier of an archive, or of the row with the focus. */
export function addCutOutCommand(parts: ICutoutParts, place: CutoutPlace): string {
  const { commands, archives, selection, trans } = parts;
  const command = CommandIDs.cutOut;
  const targetFor = (args: Readonly<Record<string, unknown>>): IRowTarget | null => {
    const { archive: name, id } = args;
    if (typeof name !== 'string' || typeof id !== 'string') {
      return chosenTarget(selection);
    }
    const archive = archives.get(name);
    return archive?.links ? idTarget(archive, id) : null;
  };
  commands.addCommand(command, {
    label: trans.__('Cut out \u2026'),
    caption: trans.__('Cut a part out of an image or a cube at the archive'),
    icon: cutoutIcon,
    isEnabled: args => targetFor(args) !== null,
    execute: async args => {
      const target = targetFor(args);
      if (target) {
        await place.open(target, true);
      }
    },
    describedBy: {
      args: {
        type: 'object',
        properties: {
          archive: { type: 'string' },
          id: { type: 'string' },
          circle: { type: 'array', items: { type: 'number' } }
        }
      }
    }
  });
  return command;
}

/** “Cut out” among the actions on rows. */
export function addCutOutAction(
  { selection, commands, trans }: ICutoutParts,
  place: CutoutPlace
): void {
  selection.addAction({
    id: 'cut-out',
    label: trans.__('Cut out'),
    icon: cutoutIcon,
    rank: 20,
    offered: () => archiveOf(selection)?.links !== undefined,
    enabled: () => commands.isEnabled(CommandIDs.cutOut),
    reason: () =>
      focusedRow(selection) === null
        ? trans.__('No row is selected. Select one first.')
        : trans.__('This row leads to no links, which would tell what can be cut out.'),
    execute: () => {
      const target = chosenTarget(selection);
      if (target) {
        attempt(place.open(target, true));
      }
    }
  });
}

function archiveOf({ query }: IObsSelection): IArchive | null {
  return query?.result.provenance?.archive ?? null;
}

/** The row with the focus, or else the first selected one. */
function focusedRow({
  focusedRow: focused,
  selectedRows
}: IObsSelection): number | null {
  return focused ?? selectedRows[0] ?? null;
}

/** Null where there is no row, or it leads to no links. */
function chosenTarget(selection: IObsSelection): IRowTarget | null {
  const archive = archiveOf(selection);
  const store = selection.query?.result.rows;
  const row = focusedRow(selection);
  if (!archive?.links || !store || row === null || row >= store.rowCount) {
    return null;
  }
  const target = rowTarget(archive, cellsOf(store, row));
  return target.source === null || target.source.kind === 'file' ? null : target;
}
