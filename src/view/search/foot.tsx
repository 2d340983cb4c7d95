import * as React from 'react';

import { formatCount } from '../shared/format.js';
import { sentWords } from './asker.js';
import { CostLine } from './cost.js';
import type { ISearchFormProps } from './formtypes.js';
import { Run } from './run.js';

/** What stays in sight however long the form is: what it costs, and what starts it. */
export function Foot(props: ISearchFormProps): JSX.Element {
  const { trans, archives, archive, form, isEmpty, running, waiting } = props;
  const sent = sentWords(trans, props.asker, props.account);
  const name = archives.find(item => item.value === archive)?.label ?? archive;
  const isIdle = running === null && waiting === null;
  return (
    <div className="jp-Obsdeck-Search-foot">
      <CostLine {...props}>
        {isEmpty && isIdle && (
          <p className="jp-Obsdeck-Search-hint">
            {trans.__(
              'An empty form lists the first %1 observations. Nothing is sent before you press Search.',
              formatCount(Number(form.rowLimit))
            )}
          </p>
        )}
      </CostLine>
      <Run {...props} archive={name} />
      {sent && isIdle && <p>{sent}</p>}
    </div>
  );
}
