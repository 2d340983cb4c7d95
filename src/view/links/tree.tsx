import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { LinksModel } from '../../model/links/model.js';
import type { ILinkRow } from '../../model/links/types.js';
import { type ITreeItem, TreeView } from '../shared/tree.js';
import { LinkIcon, TickBox } from './icons.js';
import { accessibleName, linkWords } from './words.js';

/** Properties of {@link LinksTreeView}. */
export interface ILinksTreeProps {
  readonly model: LinksModel;
  readonly trans: TranslationBundle;
  onOpen(row: ILinkRow): void;
  /** Missing where nobody could explain it. */
  readonly onWhy?: (row: ILinkRow) => void;
}

/** The tree of links with its columns. */
export function LinksTreeView(props: ILinksTreeProps): JSX.Element {
  const { model, trans, onOpen, onWhy } = props;
  return (
    <div className="jp-Obsdeck-Links-list">
      <div className="jp-Obsdeck-Links-heads" aria-hidden="true">
        <span className="jp-Obsdeck-Links-name">{trans.__('Link')}</span>
        <span className="jp-Obsdeck-Links-type">{trans.__('Type')}</span>
        <span className="jp-Obsdeck-Links-size">{trans.__('Size')}</span>
      </div>
      <TreeView<ILinkRow>
        source={model}
        label={trans.__('Links')}
        itemOf={row => itemOf(row, trans)}
        draw={row => <Cells row={row} {...props} />}
        onToggle={(rows, open) => model.toggle(rows, open)}
        onUse={row => (isFault(row) ? onWhy?.(row) : onOpen(row))}
        onTick={row => void model.tick(row.id)}
      />
    </div>
  );
}

function isFault({ thing }: ILinkRow): boolean {
  return thing.kind === 'fault' || thing.kind === 'failed';
}

function itemOf(row: ILinkRow, trans: TranslationBundle): ITreeItem {
  const words = linkWords(row, trans);
  const { thing, ticked } = row;
  return {
    name: accessibleName(words),
    typed: words.name,
    title: [words.name, words.note].filter(Boolean).join('\n'),
    opens: thing.kind === 'link' && thing.use !== 'links',
    className: `jp-mod-${thing.kind}`,
    ...(ticked && { checked: ticked })
  };
}

function Cells(props: ILinksTreeProps & { readonly row: ILinkRow }): JSX.Element {
  const { row, model, trans, onWhy } = props;
  const { name, note, type, size } = linkWords(row, trans);
  return (
    <>
      {row.ticked && (
        <TickBox ticked={row.ticked} onTick={() => void model.tick(row.id)} />
      )}
      <LinkIcon thing={row.thing} />
      <span className="jp-Obsdeck-Links-name">
        <b>{name}</b>
        {note !== '' && <span className="jp-Obsdeck-Links-note">{note}</span>}
      </span>
      {isFault(row) ? (
        onWhy && (
          <span className="jp-Obsdeck-Links-why" onClick={() => onWhy(row)}>
            {trans.__('Why?')}
          </span>
        )
      ) : (
        <>
          <span className="jp-Obsdeck-Links-type">{type}</span>
          <span className="jp-Obsdeck-Links-size">{size}</span>
        </>
      )}
    </>
  );
}
