import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IAccount } from '../../archives/account.js';
import { Disclosure } from '../shared/disclosure.js';
import { useKeptFocus } from '../shared/keepfocus.js';
import { Hint, Troubles } from '../shared/troubles.js';
import { describeRow } from './row.js';
import { RowView } from './rowview.js';
import type { IAccountCallbacks, IAccountsContext, IAccountsSource } from './types.js';

/** So many archives without accounts are shown as rows; more of them are folded away. */
const MANY = 3;

interface IAccountsListProps {
  readonly source: IAccountsSource;
  readonly context: IAccountsContext;
  readonly callbacks: IAccountCallbacks;
  readonly trans: TranslationBundle;
}

/**
 * The Accounts section: what all should know, one row per archive, and the promise. Where
 * somebody is known comes first, what needs no account last.
 */
export function AccountsList(props: IAccountsListProps): JSX.Element {
  const { source, context, trans } = props;
  const focus = useKeptFocus('.jp-Obsdeck-Accounts-row', 'archive');
  const possible = [
    ...source.accounts.filter(isKnown),
    ...source.accounts.filter(({ state }) => state === 'signed-out')
  ];
  const others = source.accounts.filter(({ state }) => state === 'none-needed');
  const isFolded = others.length > MANY;
  return (
    <div className="jp-Obsdeck-Accounts-content" {...focus}>
      <Hint text={context.blocked} role="status" />
      <Troubles sentences={troubles(source)} />
      {source.list && !possible.some(isKnown) && (
        <Hint text={trans.__('You are not signed in. Public data need no account.')} />
      )}
      {source.list && (
        <Rows
          {...props}
          label={trans.__('Accounts')}
          accounts={isFolded ? possible : [...possible, ...others]}
        />
      )}
      {isFolded && (
        <Disclosure label={trans.__('No account needed (%1)', others.length)}>
          <Rows {...props} label={trans.__('No account needed')} accounts={others} />
        </Disclosure>
      )}
      <Hint
        text={trans.__(
          'Obsdeck sends each secret only to its own archive. Notebooks never see it.'
        )}
      />
    </div>
  );
}

/** What holds for all accounts: sign-in is off, stored sign-ins could not be read. */
function troubles({ list }: IAccountsSource): readonly string[] {
  return [
    ...(list && !list.signIn.enabled ? [list.signIn.reason] : []),
    ...(list?.problems ?? [])
  ];
}

interface IRowsProps extends IAccountsListProps {
  readonly label: string;
  readonly accounts: readonly IAccount[];
}

function Rows(props: IRowsProps): JSX.Element {
  const { source, context, callbacks, trans } = props;
  const at = { ...context, now: source.now() };
  return (
    <ul className="jp-Obsdeck-Section-list" role="list" aria-label={props.label}>
      {props.accounts.map(account => (
        <RowView
          key={account.archive}
          row={describeRow(account, at, trans)}
          callbacks={callbacks}
          blocked={context.blocked}
          trans={trans}
        />
      ))}
    </ul>
  );
}

/** True where something is known of a person: signed in, found, or expired. */
function isKnown({ state }: IAccount): boolean {
  return state === 'signed-in' || state === 'found' || state === 'expired';
}
