import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import { AskerGroup } from '../shared/asker.js';

/** What the form knows of the account at its archive. */
export interface IAskerAccount {
  /** Name of the archive. */
  readonly archive: string;
  /** Exact host that is asked. */
  readonly host: string;
  /** The archive answers nothing without an account. */
  readonly isNeeded: boolean;
  readonly isSignedIn: boolean;
  /** What “Me” brings, in the words of the definition; empty for the usual ones. */
  readonly note: string;
  /** Why nobody can sign in; empty where one can. */
  readonly off: string;
}

/** Properties of {@link SearchAs}. */
export interface ISearchAsProps {
  readonly asker: Asker;
  readonly account: IAskerAccount;
  readonly trans: TranslationBundle;
  onAsker(asker: Asker): void;
  onSignIn(): void;
}

/** As whom to search, and what that brings. */
export const SearchAs = React.memo(AskerChoice);

function AskerChoice(props: ISearchAsProps): JSX.Element {
  const { asker, account, trans, onAsker, onSignIn } = props;
  const id = React.useId();
  const note = askerNote(trans, asker, account);
  return (
    <div className="jp-Obsdeck-Search-as">
      <AskerGroup
        label={trans.__('Search as')}
        asker={asker}
        off={account.off}
        describedBy={note ? id : undefined}
        trans={trans}
        onAsker={onAsker}
      />
      {note && (
        <p id={id} className="jp-Obsdeck-Search-hint">
          {note}
        </p>
      )}
      {asker === 'me' && !account.isSignedIn && account.off === '' && (
        <button
          type="button"
          className="jp-Obsdeck-Search-secondary"
          onClick={() => onSignIn()}
        >
          {trans.__('Sign in to %1', account.archive)}
        </button>
      )}
    </div>
  );
}

/** What leaves the machine, said before; empty for searches that anyone could make. */
export function sentWords(
  trans: TranslationBundle,
  asker: Asker,
  account: IAskerAccount | null
): string {
  return asker === 'me' && account?.isSignedIn
    ? trans.__('Sent to %1, as you.', account.host)
    : '';
}

/** What the choice brings; empty where nothing has to be said. */
function askerNote(
  trans: TranslationBundle,
  asker: Asker,
  { archive, isNeeded, isSignedIn, note, off }: IAskerAccount
): string {
  if (off) {
    return off;
  }
  if (isNeeded && (asker === 'anyone' || !isSignedIn)) {
    return trans.__('%1 needs an account.', archive);
  }
  if (asker === 'anyone' || isNeeded) {
    return '';
  }
  return note || trans.__('Me: also rows only you may see.');
}
