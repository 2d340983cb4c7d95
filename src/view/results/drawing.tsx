import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { RowStore } from '../../model/columns.js';
import type { QueryModel } from '../../model/query.js';
import { BannerView } from './banner.js';
import { banners } from './bannercontent.js';
import type { BannerAction } from './bannertypes.js';
import { ProgressView } from './progress.js';
import { isObsCore, recordColumns, recordLines } from './record.js';
import { RecordView } from './recordview.js';

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
  actions: Partial<Record<BannerAction, () => void>>;
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
