import type { IArchive } from '../../archives/archive.js';
import { idTarget, rowTarget } from '../../model/quicklook/rowtarget.js';
import type { IRowTarget } from '../../model/quicklook/types.js';
import { cellsOf } from '../../model/rowcells.js';
import type { IObsSelection } from '../../tokens.js';
import { cutoutIcon } from '../../view/cutout/icons.js';
import { formatCount } from '../../view/shared/format.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { openMany, type IManyParts } from './cutoutmany.js';

/** `obsdeck:cut-out`: of an identifier of an archive, or of the row with the focus. */
export function addCutOutCommand(parts: IManyParts): string {
  const { commands, archives, selection, trans, quickLook } = parts;
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
        await quickLook.open({ ...target, ...circleOf(args['circle']) }, true);
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

/** “Cut out” among the actions on rows: of the row with the focus, or of all selected ones. */
export function addCutOutAction(parts: IManyParts): void {
  const { selection, commands, trans } = parts;
  selection.addAction({
    id: 'cut-out',
    label: trans.__('Cut out'),
    icon: cutoutIcon,
    rank: -35,
    offered: () => archiveOf(selection)?.links !== undefined,
    enabled: () => commands.isEnabled(CommandIDs.cutOut),
    reason: () =>
      focusedRow(selection) === null
        ? trans.__('No row is selected. Select one first.')
        : trans.__('This row leads to no links, which would tell what can be cut out.'),
    execute: () => {
      const isMany = selection.selectedRows.length > 1;
      attempt(isMany ? cutOutOfSelected(parts) : commands.execute(CommandIDs.cutOut));
    }
  });
}

/** Rows of which cutouts are made at once: each is a request to a service that works for it. */
const MOST_ROWS = 500;

/** Rejects for more rows than are cut out of at once. */
async function cutOutOfSelected(parts: IManyParts): Promise<void> {
  const { selection, trans } = parts;
  const { length } = selection.selectedRows;
  if (length > MOST_ROWS) {
    throw new Error(
      trans.__(
        '%1 rows are selected; at most %2 are cut out of at once. Select fewer.',
        formatCount(length),
        formatCount(MOST_ROWS)
      )
    );
  }
  const archive = archiveOf(selection);
  const store = selection.query?.result.rows;
  if (archive && store) {
    openMany(
      parts,
      archive,
      selection.selectedRows.map(row => cellsOf(store, row))
    );
  }
}

/** A circle that a command names: right ascension, declination and radius, degrees. */
function circleOf(value: unknown): Pick<IRowTarget, 'circle'> {
  return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite)
    ? { circle: value as [number, number, number] }
    : {};
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
