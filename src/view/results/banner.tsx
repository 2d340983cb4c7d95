import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Disclosure } from '../shared/disclosure.js';
import type { BannerActions } from './banneractions.js';
import type { BannerAction, IBanner, IDetail } from './bannertypes.js';
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
  const offered = banner.actions.filter(action => actions[action]);
  return (
    <div
      className={`jp-Obsdeck-Results-banner jp-mod-${banner.tone}`}
      role={banner.role}
    >
      <StateIcon tone={banner.tone} />
      <div className="jp-Obsdeck-Results-bannerText">
        <LongText text={banner.headline} trans={trans} />
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
          {actionLabel(trans, action)}
        </button>
      ))}
    </div>
  );
}

function actionLabel(trans: TranslationBundle, action: BannerAction): string {
  switch (action) {
    case 'again':
      return trans.__('Try again');
    case 'run':
      return trans.__('Run');
    case 'search':
      return trans.__('Show search');
    case 'drop-position':
      return trans.__('Drop position');
    case 'drop-time':
      return trans.__('Drop observed from/until');
    case 'drop-wavelength':
      return trans.__('Drop wavelength');
    case 'drop-instrument':
      return trans.__('Drop instrument');
    case 'drop-subtype':
      return trans.__('Drop product subtype');
    case 'drop-collection':
      return trans.__('Drop collection');
    case 'drop-level':
      return trans.__('Drop calibration level');
    case 'drop-type':
      return trans.__('Drop product type');
  }
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
