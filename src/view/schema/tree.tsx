import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { SchemaBrowser } from '../../model/schema/browser.js';
import type { ISchemaRow } from '../../model/schema/tree.js';
import { type ITreeItem, TreeView } from '../shared/tree.js';
import { ThingIcon } from './icons.js';
import { rowWords } from './words.js';

/** Properties of {@link SchemaTreeView}. */
export interface ISchemaTreeProps {
  readonly browser: SchemaBrowser;
  readonly trans: TranslationBundle;
  /** Put a name into the query. */
  onInsert(row: ISchemaRow): void;
}

/** The tree of schemas, tables, columns and functions. */
export function SchemaTreeView(props: ISchemaTreeProps): JSX.Element {
  const { browser, trans, onInsert } = props;
  return (
    <TreeView<ISchemaRow>
      source={browser}
      label={trans.__('Schema')}
      itemOf={row => itemOf(row, browser, trans)}
      draw={row => <RowParts row={row} {...props} />}
      onToggle={(rows, open) => rows.forEach(row => browser.toggle(row, open))}
      onUse={row => row.adql !== '' && onInsert(row)}
    />
  );
}

function itemOf(
  row: ISchemaRow,
  browser: SchemaBrowser,
  trans: TranslationBundle
): ITreeItem {
  const { label, detail } = rowWords(row, browser, trans);
  const words = [label, detail].filter(Boolean);
  return {
    name: words.join(', '),
    typed: label,
    title: words.join('\n'),
    ...(row.adql !== '' && { dragged: row.adql })
  };
}

function RowParts(props: ISchemaTreeProps & { readonly row: ISchemaRow }): JSX.Element {
  const { row, browser, trans } = props;
  const { label, detail } = rowWords(row, browser, trans);
  return (
    <>
      <ThingIcon kind={row.thing.kind} />
      <span className="jp-Obsdeck-Schema-name">{label}</span>
      <span className="jp-Obsdeck-Schema-detail">{detail}</span>
    </>
  );
}
