import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { RowStore } from '../../model/columns.js';
import type { QueryModel } from '../../model/query.js';
import type { ResultModel } from '../../model/result.js';
import type { RowView } from '../../model/rowview.js';
import { BannerView } from './banner.js';
import type { IAccountSnapshot } from './bannerrights.js';
import { banners } from './bannercontent.js';
import type { BannerActions } from './banneractions.js';
import { FooterView, footerWords } from './footer.js';
import { ProgressView } from './progress.js';
import { isObsCore, recordColumns, recordLines } from './record.js';
import { RecordView } from './recordview.js';
import { releaseLines } from './release.js';
import type { IRecordLine } from './recordline.js';

/** The running query of a model; nothing while none runs. */
export function ResultProgress(props: {
  model: QueryModel;
  /** When the last byte came, milliseconds since 1970. */
  heardAt: number;
  trans: TranslationBundle;
  onCancel: () => void;
}): JSX.Element | null {
  const { model, heardAt, trans, onCancel } = props;
  const { state, wait, asked, provenance, rows, bytes } = model.result;
  // What it waits for is said in a banner; nothing is on its way.
  if (state !== 'loading' || wait !== null || !asked) {
    return null;
  }
  const own = asked === provenance ? rows : null;
  const progress = {
    archive: asked.archive.definition.name,
    rows: own?.rowCount ?? 0,
    bytes,
    promised: own?.head.rowsPromised ?? null,
    startedAt: asked.startedAt,
    heardAt
  };
  return (
    <ProgressView
      key={asked.startedAt}
      progress={progress}
      trans={trans}
      onCancel={onCancel}
    />
  );
}

/** What there is to say about the result of a model. */
export function ResultBanners(props: {
  model: QueryModel;
  account: IAccountSnapshot | null;
  actions: BannerActions;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, account, actions, trans } = props;
  const { state, wait, rows, error, overflow, asked, provenance, warnings } =
    model.result;
  const snapshot = {
    state,
    wait,
    account,
    rows,
    error,
    overflow,
    asked,
    provenance,
    warnings,
    hasRequest: model.request !== null,
    asker: model.current?.as ?? ('anyone' as const),
    hasNext: model.next !== null,
    isStale: model.isStale,
    lastRun: model.lastRun,
    constraints: model.ran?.constraints
  };
  return (
    <>
      {banners(trans, snapshot).map(banner => (
        <BannerView key={banner.key} banner={banner} trans={trans} actions={actions} />
      ))}
    </>
  );
}

/** The record of a row of the store; -1 for none. */
export function ResultRecord(props: {
  rows: RowStore | null;
  row: number;
  /** Address of its picture within the page. */
  picture?: string;
  /** Milliseconds since 1970; decides what is still proprietary. */
  now: number;
  trans: TranslationBundle;
  onClose: () => void;
  onCopy?: (text: string) => void;
  /** Explain why the row is proprietary. */
  onWhy?: () => void;
}): JSX.Element {
  const { rows, row, picture, now, trans, onClose, onCopy, onWhy } = props;
  const valid = rows !== null && row >= 0 && row < rows.rowCount;
  const words = valid && isObsCore(rows);
  return (
    <RecordView
      row={valid ? row : null}
      picture={picture}
      rowCount={rows?.rowCount ?? 0}
      lines={recordWords(trans, valid ? rows : null, row, now)}
      isTold={words}
      columns={valid ? recordColumns(rows, row) : []}
      trans={trans}
      onClose={onClose}
      onCopy={onCopy}
      onWhy={onWhy}
    />
  );
}

/** A row in words; of a table that is no ObsCore, only who may see what it describes. */
function recordWords(
  trans: TranslationBundle,
  rows: RowStore | null,
  row: number,
  now: number
): IRecordLine[] {
  if (rows === null) {
    return [];
  }
  const tell = isObsCore(rows) ? recordLines : releaseLines;
  return tell(trans, rows, row, now);
}

/** How many rows there are, and how many of them are chosen. */
export function ResultFooter(props: {
  result: ResultModel;
  view: RowView | null;
  /** Selected rows that are shown, and those that filters hide. */
  selected: number;
  hidden: number;
  /** What was done last, such as copying. */
  note: string;
  /** As whom the rows were fetched; null for anyone. */
  who: string | null;
  /** Rows whose file is on disk. */
  here: number;
  trans: TranslationBundle;
}): JSX.Element {
  const { result, view, selected, hidden, note, who, here, trans } = props;
  const shown = {
    passing: view && view.filters.length > 0 ? view.rowCount : null,
    isUnsorted: view?.isOrderComplete === false,
    selected,
    hidden,
    here
  };
  const words = footerWords(trans, result, shown, who);
  return <FooterView words={words} note={note} />;
}
