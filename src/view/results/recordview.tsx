import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { Disclosure } from '../shared/disclosure.js';
import { formatCount } from '../shared/format.js';
import { FlagIcon } from '../shared/flags.js';
import { recordIcon } from './icons.js';
import type { IRecordColumn } from './record.js';
import type { IRecordLine } from './recordline.js';

/** Properties of {@link RecordView}. */
export interface IRecordProps {
  /** The row, counted from 0; null while none has the focus. */
  readonly row: number | null;
  readonly rowCount: number;
  /** Address of its picture within the page. */
  readonly picture?: string;
  /** The row in words, as far as the table can be told in words. */
  readonly lines: readonly IRecordLine[];
  /** The words say most of it, so that the columns may stay folded. */
  readonly isTold: boolean;
  readonly columns: readonly IRecordColumn[];
  readonly trans: TranslationBundle;
  onClose(): void;
  /** Put a text on the clipboard; without it no “Copy” is drawn. */
  readonly onCopy?: (text: string) => void;
  /** Explain why the row is proprietary; without it no “Why?” is drawn. */
  readonly onWhy?: () => void;
}

/** One row transposed: in words first, then every column with its exact value. */
export function RecordView(props: IRecordProps): JSX.Element {
  const { row, trans } = props;
  return (
    <>
      <Head {...props} />
      <div className="jp-Obsdeck-Results-recordBody" tabIndex={0}>
        {row === null ? (
          <p className="jp-Obsdeck-Results-muted">
            {trans.__('Choose a row to see its record.')}
          </p>
        ) : (
          <Row {...props} />
        )}
      </div>
    </>
  );
}

/** Which row it is, and what closes the record. */
function Head({ row, rowCount, trans, onClose }: IRecordProps): JSX.Element {
  const title =
    row === null
      ? trans.__('Record')
      : trans.__('Record %1 of %2', formatCount(row + 1), formatCount(rowCount));
  return (
    <div className="jp-Obsdeck-Results-recordHead">
      <recordIcon.react tag="span" className="jp-Obsdeck-Results-recordIcon" />
      <h3>{title}</h3>
      <button
        type="button"
        className="jp-Obsdeck-Results-close"
        title={trans.__('Close record')}
        aria-label={trans.__('Close record')}
        onClick={onClose}
      >
        <closeIcon.react tag="span" />
      </button>
    </div>
  );
}

/** Its picture, the row in words, and all of its columns. */
function Row(props: IRecordProps): JSX.Element {
  const { picture, lines, isTold, columns, trans } = props;
  return (
    <>
      {picture !== undefined && (
        <img
          className="jp-Obsdeck-Results-preview"
          src={picture}
          alt={trans.__('Preview')}
        />
      )}
      {lines.length > 0 && <Words {...props} />}
      <AllColumns key={String(isTold)} columns={columns} open={!isTold} trans={trans} />
    </>
  );
}

function Words({ lines, trans, onCopy, onWhy }: IRecordProps): JSX.Element {
  return (
    <table
      className="jp-Obsdeck-Results-pairs jp-Obsdeck-Results-words"
      aria-label={trans.__('In words')}
    >
      <tbody>
        {lines.map(line => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td>
              <Value line={line} trans={trans} />
              {line.copy && line.value !== null && onCopy && (
                <Copy text={line.value} trans={trans} onCopy={onCopy} />
              )}
              {line.look === 'proprietary' && onWhy && (
                <button
                  type="button"
                  className="jp-Obsdeck-Results-link"
                  onClick={() => onWhy()}
                >
                  {trans.__('Why?')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value(props: { line: IRecordLine; trans: TranslationBundle }): JSX.Element {
  const { value, below, look } = props.line;
  if (value === null) {
    return (
      <span className="jp-Obsdeck-Results-muted">{props.trans.__('not given')}</span>
    );
  }
  return (
    <>
      {look === 'public' && <FlagIcon flag="good" />}
      {look === 'proprietary' && <FlagIcon flag="locked" />}
      <span className={look ? `jp-mod-${look}` : undefined}>{value}</span>
      {below !== undefined && <div className="jp-Obsdeck-Results-muted">{below}</div>}
    </>
  );
}

function Copy(props: {
  text: string;
  trans: TranslationBundle;
  onCopy: (text: string) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Obsdeck-Results-link"
      onClick={() => props.onCopy(props.text)}
    >
      {props.trans.__('Copy')}
    </button>
  );
}

function AllColumns(props: {
  columns: readonly IRecordColumn[];
  open: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { columns, open, trans } = props;
  const label = trans._n('All %1 column', 'All %1 columns', columns.length);
  return (
    <Disclosure label={label} initiallyOpen={open}>
      <table
        className="jp-Obsdeck-Results-pairs jp-Obsdeck-Results-columns"
        aria-label={label}
      >
        <tbody>
          {columns.map(({ name, unit, description, value }, index) => (
            // Names may repeat (VO-37).
            <tr key={index} title={description ?? undefined}>
              <th scope="row">
                <ColumnName name={name} />
                {unit !== null && <small> {unit}</small>}
              </th>
              <td>
                {value ?? (
                  <span className="jp-Obsdeck-Results-muted">
                    {trans.__('no value')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Disclosure>
  );
}

/** The name of a column, which breaks after an underscore rather than within a word. */
function ColumnName({ name }: { name: string }): JSX.Element {
  const parts = name.split(/(?<=_)(?=.)/);
  return (
    <>
      {parts.map((part, index) => (
        <React.Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </React.Fragment>
      ))}
    </>
  );
}
