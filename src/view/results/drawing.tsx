import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { RowStore } from '../../model/columns.js';
import type { QueryModel } from '../../model/query.js';
import type { ResultModel } from '../../model/result.js';
import type { RowView } from '../../model/rowview.js';
import { BannerView } from './banner.js';
import { banners } from './bannercontent.js';
import type { BannerActions } from './banneractions.js';
import { FooterView, footerWords } from './footer.js';
import { ProgressView } from './progress.js';
import { QueryLine } from './queryline.js';
import { isObsCore, recordColumns, recordLines } from './record.js';
import { RecordView } from './recordview.js';
import type { QueryEditorFactory } from './types.js';

/** The query of a model in a line, and its editor. */
export function ResultQuery(props: {
  model: QueryModel;
  open: boolean;
  editorFactory: QueryEditorFactory;
  trans: TranslationBundle;
  onToggle: () => void;
  onEdit: (adql: string) => void;
  onRun: () => void;
  onStop: () => void;
  onRevert: () => void;
}): JSX.Element {
  const { model, ...rest } = props;
  return (
    <QueryLine
      {...rest}
      adql={model.adql}
      running={model.result.state === 'loading'}
      canRun={model.request !== null && model.adql.trim() !== ''}
      editedByHand={model.editedByHand}
    />
  );
}

/** The running query of a model; nothing while none runs. */
export function ResultProgress(props: {
  model: QueryModel;
  /** When the last byte came, milliseconds since 1970. */
  heardAt: number;
  trans: TranslationBundle;
  onCancel: () => void;
}): JSX.Element | null {
  const { model, heardAt, trans, onCancel } = props;
  const { state, asked, provenance, rows, bytes } = model.result;
  if (state !== 'loading' || !asked) {
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
  actions: BannerActions;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, actions, trans } = props;
  const { state, rows, error, overflow, asked, provenance, warnings } = model.result;
  const snapshot = {
    state,
    rows,
    error,
    overflow,
    asked,
    provenance,
    warnings,
    hasRequest: model.request !== null,
    isStale: model.isStale,
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
  /** Milliseconds since 1970; decides what is still proprietary. */
  now: number;
  trans: TranslationBundle;
  onClose: () => void;
  onCopy?: (text: string) => void;
}): JSX.Element {
  const { rows, row, now, trans, onClose, onCopy } = props;
  const valid = rows !== null && row >= 0 && row < rows.rowCount;
  const words = valid && isObsCore(rows);
  return (
    <RecordView
      row={valid ? row : null}
      rowCount={rows?.rowCount ?? 0}
      lines={words ? recordLines(trans, rows, row, now) : []}
      columns={valid ? recordColumns(rows, row) : []}
      trans={trans}
      onClose={onClose}
      onCopy={onCopy}
    />
  );
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
  trans: TranslationBundle;
}): JSX.Element {
  const { result, view, selected, hidden, note, trans } = props;
  const words = footerWords(trans, result, {
    passing: view && view.filters.length > 0 ? view.rowCount : null,
    isUnsorted: view?.isOrderComplete === false,
    selected,
    hidden
  });
  return <FooterView words={words} note={note} />;
}
