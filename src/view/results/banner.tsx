import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Disclosure } from '../shared/disclosure.js';
import { useNow } from '../shared/hooks.js';
import type { BannerActions } from './banneractions.js';
import type { BannerAction, IBanner, ICountdown, IDetail } from './bannertypes.js';
import { StateIcon } from './icons.js';

/** Properties of {@link BannerView}. */
export interface IBannerProps {
  readonly banner: IBanner;
  readonly trans: TranslationBundle;
  /** What can be done here; a banner's other actions are not drawn. */
  readonly actions: BannerActions;
}

/** Letters of a service's words that are shown before “Show all”. */
const SHORT = 400;

/** One banner: what happened, what to do, details on demand. */
export function BannerView({ banner, trans, actions }: IBannerProps): JSX.Element {
  const labels = { ...actionLabels(trans), ...columnLabels(banner, trans) };
  const offered = banner.actions.filter(action => actions[action]);
  return (
    <div
      className={`jp-Obsdeck-Results-banner jp-mod-${banner.tone}`}
      role={banner.role}
    >
      <StateIcon tone={banner.tone} />
      <div className="jp-Obsdeck-Results-bannerText">
        {banner.countdown ? (
          <Countdown {...banner.countdown} />
        ) : (
          <LongText text={banner.headline} trans={trans} />
        )}
        {banner.text && <Text banner={banner} />}
        {banner.details.length > 0 && (
          <Details details={banner.details} trans={trans} />
        )}
      </div>
      {offered.map(action => (
        <button
          key={action}
          type="button"
          className="jp-Obsdeck-Results-button"
          onClick={actions[action]}
        >
          {labels[action]}
        </button>
      ))}
    </div>
  );
}

/** The words on the buttons. */
function actionLabels(
  trans: TranslationBundle
): Readonly<Partial<Record<BannerAction, string>>> {
  return {
    again: trans.__('Try again'),
    run: trans.__('Run'),
    next: trans.__('Next slice'),
    search: trans.__('Show search'),
    'sign-in': trans.__('Sign in'),
    'sign-in-on': trans.__('Sign in and go on'),
    'as-me': trans.__('Search as me'),
    'set-up': trans.__('Set up signing in'),
    why: trans.__('Why?'),
    'why-empty': trans.__('Why can’t I see it?'),
    cancel: trans.__('Cancel'),
    'drop-position': trans.__('Drop position'),
    'drop-time': trans.__('Drop observed from/until'),
    'drop-wavelength': trans.__('Drop wavelength')
  };
}

/** The words for dropping what is asked of a column. */
function columnLabels(
  { constraints = [] }: IBanner,
  trans: TranslationBundle
): Readonly<Partial<Record<BannerAction, string>>> {
  return Object.fromEntries(
    constraints
      .filter(({ label }) => label !== '')
      .map(({ key, label }) => [`drop-${key}`, trans.__('Drop %1', inSentence(label))])
  );
}

/** A label within a sentence: “product type”, but “OB name”. */
function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

/** A headline that changes each second; read out once only. */
function Countdown({ until, words }: ICountdown): JSX.Element {
  const now = useNow(1000);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const [first] = React.useState(left);
  return (
    <>
      <b aria-hidden="true">{words(left)}</b>
      <span className="jp-Obsdeck-visuallyHidden">{words(first)}</span>
    </>
  );
}

/** What to do: beside a short headline, below one in the service's own words. */
function Text({ banner }: Pick<IBannerProps, 'banner'>): JSX.Element {
  return banner.role === 'alert' ? (
    <div>{banner.text}</div>
  ) : (
    <span> {banner.text}</span>
  );
}

/** Bold words; the end of very long ones only on demand. */
function LongText(props: { text: string; trans: TranslationBundle }): JSX.Element {
  const { text, trans } = props;
  const [all, setAll] = React.useState(false);
  const letters = [...text];
  if (all || letters.length <= SHORT) {
    return <b>{text}</b>;
  }
  return (
    <>
      <b>{letters.slice(0, SHORT).join('')}…</b>{' '}
      <button
        type="button"
        className="jp-Obsdeck-Results-link"
        onClick={() => setAll(true)}
      >
        {trans.__('Show all')}
      </button>
    </>
  );
}

/** Status, address, time and question, folded away. */
function Details(props: {
  details: readonly IDetail[];
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <Disclosure label={props.trans.__('Details')}>
      <dl className="jp-Obsdeck-Results-details">
        {props.details.map(({ name, value }) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </Disclosure>
  );
}
