import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { UUID } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

import type { IArchive } from '../../archives/archive.js';
import type { RowCell } from '../../archives/links.js';
import { dataFacts } from '../../model/cutout/facts.js';
import { ManyCutouts, type WantedRow } from '../../model/cutout/many.js';
import { rowTarget } from '../../model/quicklook/rowtarget.js';
import { mjdToIso } from '../../protocol/time.js';
import { cutoutIcon } from '../../view/cutout/icons.js';
import { ManyPanel } from '../../view/cutout/many.js';
import { attempt } from '../attempt.js';
import { meansOf, type ICutoutParts } from './cutoutmeans.js';
import type { IQuickLook } from '../quicklook/quicklooktoken.js';

/** What tabs of many cutouts need. */
export interface IManyParts extends ICutoutParts {
  readonly shell: JupyterFrontEnd.IShell;
  readonly quickLook: IQuickLook;
}

/** Open a tab in which the same is cut out of many rows. Asks nobody yet. */
export function openMany(
  parts: IManyParts,
  archive: IArchive,
  rows: readonly RowCell[]
): void {
  const { trans, quickLook } = parts;
  const means = meansOf(parts, archive);
  if (!means) {
    return;
  }
  const wanted = rows.map(row => wantedRow(archive, row));
  const content = new ManyPanel({
    many: new ManyCutouts(wanted, means),
    at: wanted[0]?.subject.facts.centre ?? null,
    trans,
    sentTo:
      means.asker() === 'me'
        ? trans.__('Sent to %1, as you.', archive.definition.name)
        : trans.__('Sent to %1.', archive.definition.name),
    openFile: path => attempt(quickLook.open({ kind: 'file', path })),
    openGrid: saved => {
      const pictures = saved.flatMap(({ path, subject, marks }) =>
        path === null ? [] : [{ path, label: [subject.title, ...marks].join(', ') }]
      );
      attempt(
        quickLook
          .createGrid(pictures)
          .then(grid => addTab(parts, grid, trans.__('Grid of cutouts')))
      );
    }
  });
  const title = trans.__('Cut out of %1 rows', String(rows.length));
  addTab(parts, content, title);
}

function addTab({ shell }: IManyParts, content: Widget, title: string): void {
  const tab = new MainAreaWidget({ content });
  tab.id = `obsdeck-cutouts-${UUID.uuid4()}`;
  tab.title.label = title;
  tab.title.icon = cutoutIcon;
  tab.title.closable = true;
  tab.toolbar.hide();
  shell.add(tab, 'main', { mode: 'split-right' });
}

function wantedRow(archive: IArchive, row: RowCell): WantedRow {
  const { id, title, source, sky } = rowTarget(archive, row);
  return {
    subject: { id, title, source, facts: dataFacts(sky) },
    marks: marksOf(row)
  };
}

/** Columns that name the band of a row, the most usual name first. */
const BANDS = ['lsst_band', 'band', 'filter', 'em_band', 'filter_path'];

/** Band, instrument and date, as far as the row has them. */
function marksOf(row: RowCell): readonly string[] {
  const text = (name: string): string => String(row(name) ?? '').trim();
  const band = BANDS.map(text).find(word => word !== '') ?? '';
  const mjd = row('t_min');
  const date = typeof mjd === 'number' ? mjdToIso(mjd).slice(0, 10) : '';
  return [band, text('instrument_name'), date].filter(word => word !== '');
}
