import type { TranslationBundle } from '@jupyterlab/translation';
import { type LabIcon, refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { LinksModel } from '../../model/links/model.js';
import { useOneStop } from '../query/onestop.js';
import { insertCellIcon } from '../shared/icons.js';
import { downloadIcon } from './icons.js';
import type { ILinksDeeds } from './types.js';
import { downloadWords } from './words.js';

/** Properties of {@link LinksToolbar}. */
export interface ILinksToolbarProps {
  readonly model: LinksModel;
  readonly deeds: ILinksDeeds;
  readonly trans: TranslationBundle;
}

/** “Download 2”, “Insert as cell”, “Refresh links” and “Filter links”. */
export function LinksToolbar({ model, deeds, trans }: ILinksToolbarProps): JSX.Element {
  const toolbar = useOneStop();
  const { chosenIds, chosen } = model;
  const { download, insert } = deeds;
  const cellIds = chosenIds.length > 0 ? chosenIds : focusedLink(model);
  return (
    <div
      ref={toolbar}
      className="jp-Obsdeck-Links-toolbar"
      role="toolbar"
      aria-label={trans.__('Links')}
    >
      {download && (
        <Tool
          icon={downloadIcon}
          label={downloadWords(chosen, trans)}
          off={
            chosenIds.length === 0 && trans.__('No files are ticked. Tick files first.')
          }
          onClick={() => download(chosenIds)}
        />
      )}
      {insert && (
        <Tool
          icon={insertCellIcon}
          label={trans.__('Insert as cell')}
          off={cellIds.length === 0 && trans.__('Tick files or choose a link first.')}
          onClick={() => insert(cellIds)}
        />
      )}
      <Tool
        icon={refreshIcon}
        label={trans.__('Refresh links')}
        iconOnly
        off={model.reading.state === 'reading' && trans.__('The links are being read.')}
        onClick={() => void model.load()}
      />
      <Filter model={model} trans={trans} />
    </div>
  );
}

function focusedLink(model: LinksModel): readonly string[] {
  const { focused } = model;
  return focused !== null && model.thing(focused)?.kind === 'link' ? [focused] : [];
}

interface IToolProps {
  readonly icon: LabIcon;
  readonly label: string;
  /** Why it is disabled; false while it is not. */
  readonly off: string | false;
  readonly iconOnly?: boolean;
  onClick(): void;
}

function Tool({ icon, label, off, iconOnly, onClick }: IToolProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Obsdeck-Query-tool"
      disabled={off !== false}
      aria-label={label}
      title={off || label}
      onClick={onClick}
    >
      <icon.react tag="span" />
      {!iconOnly && <span className="jp-Obsdeck-Links-toolLabel">{label}</span>}
    </button>
  );
}

function Filter({ model, trans }: Omit<ILinksToolbarProps, 'deeds'>): JSX.Element {
  const [text, setText] = React.useState(model.search);
  const words = trans.__('Filter links');
  // Looking through tens of thousands of links must not hold up typing.
  const deferred = React.useDeferredValue(text);
  React.useEffect(() => model.find(deferred), [model, deferred]);
  return (
    <input
      className="jp-Obsdeck-Links-filter"
      type="search"
      aria-label={words}
      placeholder={words}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}
