import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { type IChoice, Select } from './fields.js';

/** Properties of {@link Source}. */
export interface ISourceProps {
  /** Archives to choose from; `value` is the id. */
  readonly archives: readonly IChoice[];
  readonly archive: string;
  /** Tables of the archive; the choice is left out where there is but one. */
  readonly tables: readonly IChoice[];
  readonly table: string;
  readonly trans: TranslationBundle;
  onArchive(id: string): void;
  onTable(name: string): void;
}

/** Whom to ask, for which table. */
export const Source = React.memo(SourceFields);

function SourceFields(props: ISourceProps): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-Obsdeck-Search-line" data-wide>
      <Select
        label={trans.__('Archive')}
        value={props.archive}
        choices={props.archives}
        onChange={props.onArchive}
      />
      {props.tables.length > 1 && (
        <Select
          label={trans.__('Table')}
          value={props.table}
          choices={props.tables}
          onChange={props.onTable}
        />
      )}
    </div>
  );
}
