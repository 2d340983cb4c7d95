import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ISchemaRow } from '../../model/schema/tree.js';
import { formatCount } from '../shared/format.js';
import { typeOf } from './words.js';

/** Properties of {@link SchemaDetails}. */
export interface ISchemaDetailsProps {
  /** The row that has the focus; null before any has. */
  readonly row: ISchemaRow | null;
  readonly trans: TranslationBundle;
  onInsert(row: ISchemaRow): void;
}

/** What is known of the row with the focus. */
export function SchemaDetails(props: ISchemaDetailsProps): JSX.Element {
  const { row, trans, onInsert } = props;
  return (
    <section className="jp-Obsdeck-Schema-details" aria-label={trans.__('Details')}>
      {row === null || row.adql === '' ? (
        <p className="jp-Obsdeck-Schema-muted">
          {trans.__('Choose a table or column to see what it is.')}
        </p>
      ) : (
        <>
          <code className="jp-Obsdeck-Schema-title">{titleOf(row)}</code>
          <p>{descriptionOf(row) ?? trans.__('The service gives no description.')}</p>
          <div className="jp-Obsdeck-Schema-facts">
            <Facts row={row} trans={trans} />
            <button
              type="button"
              className="jp-Obsdeck-Query-button"
              title={trans.__('Put %1 into the query', row.adql)}
              onClick={() => onInsert(row)}
            >
              {trans.__('Insert')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function titleOf({ thing, label }: ISchemaRow): string {
  switch (thing.kind) {
    case 'table':
      return thing.table.name;
    case 'function':
      return thing.own.signature;
    default:
      return label;
  }
}

function descriptionOf({ thing }: ISchemaRow): string | null {
  switch (thing.kind) {
    case 'schema':
      return thing.schema.description ?? thing.schema.title;
    case 'table':
      return thing.table.description ?? thing.table.title;
    case 'column':
      return thing.column.description;
    case 'function':
      return thing.own.description || null;
    default:
      return null;
  }
}

function Facts({
  row: { thing },
  trans
}: Pick<ISchemaDetailsProps, 'trans'> & { readonly row: ISchemaRow }): JSX.Element {
  if (thing.kind === 'table') {
    const { rows, columns } = thing.table;
    const facts = [
      columns.length > 0 &&
        trans._n(
          '%2 column',
          '%2 columns',
          columns.length,
          formatCount(columns.length)
        ),
      rows !== null && trans.__('about %1 rows', formatCount(rows))
    ];
    return <span>{facts.filter(Boolean).join(', ')}</span>;
  }
  if (thing.kind !== 'column') {
    return <span />;
  }
  const { unit, ucd, utype, indexed, principal, std } = thing.column;
  const flags = [
    indexed && trans.__('fast to search'),
    principal && trans.__('main column'),
    std && trans.__('defined by a standard')
  ].filter(Boolean);
  return (
    <span>
      <code>{typeOf(thing.column)}</code> <span>{unit ?? trans.__('no unit')}</span>{' '}
      {ucd && <code title={trans.__('UCD')}>{ucd}</code>}{' '}
      {utype && <code title={trans.__('utype')}>{utype}</code>} {flags.join(', ')}
    </span>
  );
}
