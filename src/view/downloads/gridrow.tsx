import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { shareOf } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { ROW_HEIGHT } from '../shared/rowwindow.js';
import { Bar } from './bar.js';
import { cellText, COLUMNS, type DownloadColumn } from './columns.js';
import type { IGridCell } from './gridkeys.js';
import { DownloadStateIcon, iconOf } from './icons.js';
import { MiddleText } from './middletext.js';

interface IGridRowProps {
  readonly item: IDownload;
  /** From 0. */
  readonly place: number;
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly isChosen: boolean;
  /** The column with the focus; null where another row has it. */
  readonly focused: number | null;
  idOf(cell: IGridCell): string;
  onPress(event: React.MouseEvent, column: number): void;
  onOpen(): void;
}

/** One file of the wide list. */
export function GridRow(props: IGridRowProps): JSX.Element {
  const { item, place, isChosen, focused, idOf, onPress, onOpen } = props;
  return (
    <div
      className="jp-Obsdeck-Downloads-gridrow"
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isChosen}
      data-download={item.id}
      data-icon={iconOf(item)}
      style={{ top: (place + 1) * ROW_HEIGHT }}
      onDoubleClick={onOpen}
    >
      {COLUMNS.map((column, index) => (
        <span
          key={column}
          id={idOf({ row: place, column: index })}
          role="gridcell"
          aria-colindex={index + 1}
          data-column={column}
          data-focused={focused === index}
          onMouseDown={event => onPress(event, index)}
        >
          <Cell {...props} column={column} />
        </span>
      ))}
    </div>
  );
}

function Cell(props: IGridRowProps & { readonly column: DownloadColumn }): JSX.Element {
  const { item, column, now, trans } = props;
  const text = cellText(item, column, now, trans);
  switch (column) {
    case 'name':
      return <MiddleText text={text} />;
    case 'progress':
      return (
        <>
          <Bar label={item.name} share={shareOf(item)} isDone={item.state === 'done'} />
          <span>{text}</span>
        </>
      );
    case 'state':
      return (
        <>
          <DownloadStateIcon icon={iconOf(item)} />
          <span title={item.message || item.note || text}>{text}</span>
        </>
      );
    case 'from':
      return <span title={item.address}>{text}</span>;
    default:
      return <span title={text}>{text}</span>;
  }
}
