import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import { RadioGroup } from './radiogroup.js';

/** Properties of {@link AskerGroup}. */
export interface IAskerGroupProps {
  /** Words of the group. */
  readonly label: string;
  readonly asker: Asker;
  /** Why “Me” cannot be chosen; empty where it can. */
  readonly off: string;
  /** Id of what is said about the choice. */
  readonly describedBy?: string;
  readonly trans: TranslationBundle;
  onAsker(asker: Asker): void;
}

/** As whom an archive is asked: “Anyone” or “Me”. */
export function AskerGroup(props: IAskerGroupProps): JSX.Element {
  const { label, asker, off, describedBy, trans, onAsker } = props;
  return (
    <RadioGroup<Asker>
      inline
      label={label}
      choices={[
        { value: 'anyone', label: trans.__('Anyone') },
        { value: 'me', label: trans.__('Me'), ...(off && { off }) }
      ]}
      value={asker}
      describedBy={describedBy}
      onChange={onAsker}
    />
  );
}
