import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IAccount } from '../../archives/account.js';
import { formatInstant } from '../shared/format.js';
import { keepWords, originWords, timeLeft } from './words.js';

/**
 * Show what is known of an account, never a secret.
 *
 * @param name - of the archive
 * @param now - Unix time in seconds, by the server's clock
 */
export async function showDetails(
  name: string,
  account: IAccount,
  now: number,
  translator: ITranslator
): Promise<void> {
  const trans = translator.load('obsdeck');
  const title = trans.__('Account details: %1', name);
  const dialog = new Dialog({
    title,
    body: ReactWidget.create(<Details facts={factsOf(account, now, trans)} />),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
  dialog.node.setAttribute('aria-label', title);
  await dialog.launch();
}

/** A name and what is to be said of it, one or several lines. */
type Fact = readonly [name: string, values: readonly string[]];

function Details({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl className="jp-Obsdeck-AccountDetails">
      {facts.map(([name, values]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            {values.map(value => (
              <div key={value}>{value}</div>
            ))}
          </dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

/** What is known, leaving out what is not. */
function factsOf(account: IAccount, now: number, trans: TranslationBundle): Fact[] {
  const { who, place, roles, rights, missing, host, origins } = account;
  const facts: Fact[] = [
    [trans.__('User'), who ? [who] : []],
    [trans.__('Credential'), place ? [originWords(place, trans)] : []],
    [trans.__('Kept'), place?.kept ? [keepWords(place.kept, trans)] : []],
    [trans.__('Ends'), endOf(account, now, trans)],
    [trans.__('Accepted by the archive'), instant(account.checked)],
    [trans.__('Roles'), roles],
    [trans.__('In plain words'), rights],
    [trans.__('Missing roles'), missing],
    [trans.__('Signs in at'), host ? [host] : []],
    [trans.__('May see the secret'), origins]
  ];
  return facts.filter(([, values]) => values.length > 0);
}

function endOf(account: IAccount, now: number, trans: TranslationBundle): string[] {
  const left = timeLeft(account, now, trans);
  if (account.expires === null || left === null) {
    return account.place ? [trans.__('not told by the archive')] : [];
  }
  const [date] = instant(account.expires);
  return [account.expires > now ? trans.__('%1 (in %2)', date, left) : date];
}

function instant(seconds: number | null): string[] {
  return seconds === null ? [] : [formatInstant(seconds * 1000)];
}
