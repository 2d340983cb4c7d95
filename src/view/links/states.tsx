import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { LinksModel } from '../../model/links/model.js';
import { BannerView } from '../results/banner.js';
import type { BannerActions } from '../results/banneractions.js';
import {
  type IAccountSnapshot,
  rightsBanner,
  waitBanner
} from '../results/bannerrights.js';
import { type IBanner, plain } from '../results/bannertypes.js';
import { errorSentence } from '../results/errorwords.js';
import { Running } from '../results/progress.js';
import { slowWords } from '../results/progresswords.js';
import { formatInstant } from '../shared/format.js';
import { progressWords } from './words.js';

/** Properties of {@link LinksStates}. */
export interface ILinksStatesProps {
  readonly model: LinksModel;
  readonly account: IAccountSnapshot;
  readonly actions: BannerActions;
  readonly trans: TranslationBundle;
}

/** What keeps the links, or what went wrong; nothing where all is there. */
export function LinksStates(props: ILinksStatesProps): JSX.Element {
  const { model, actions, trans } = props;
  const { state, wait } = model.reading;
  const banner = bannerOf(props);
  return (
    <>
      {state === 'reading' && !wait && <Progress model={model} trans={trans} />}
      {banner && (
        <BannerView key={banner.key} banner={banner} trans={trans} actions={actions} />
      )}
      {state === 'idle' && <NotRead model={model} trans={trans} />}
      {state === 'cancelled' && !banner && <Stopped model={model} trans={trans} />}
      {state !== 'idle' && <Empty model={model} trans={trans} />}
    </>
  );
}

type IPartProps = Pick<ILinksStatesProps, 'model' | 'trans'>;

function Progress({ model, trans }: IPartProps): JSX.Element {
  const { reading, archive } = model;
  const { read, all } = reading.progress;
  const { name } = archive.definition;
  const { heardAt, startedAt } = reading;
  return (
    <Running
      label={trans.__('Links')}
      share={all > 1 ? read / all : null}
      startedAt={startedAt}
      words={() => progressWords(model, trans)}
      slow={now => slowWords(trans, { archive: name, heardAt }, now)}
      trans={trans}
      onCancel={() => reading.cancel()}
    />
  );
}

function bannerOf({ model, account, trans }: ILinksStatesProps): IBanner | null {
  const { wait, error, as } = model.reading;
  if (wait) {
    return waitBanner(trans, wait, account);
  }
  if (!error) {
    return null;
  }
  const { status } = error.details;
  const details = [
    ...(status === undefined
      ? []
      : [{ name: trans.__('Status'), value: String(status) }]),
    { name: trans.__('Time'), value: formatInstant(model.reading.heardAt) }
  ];
  return (
    rightsBanner(trans, error, as, account, details) ?? {
      ...plain('failed'),
      tone: 'bad',
      role: 'alert',
      headline: errorSentence(trans, error),
      text: error.details.hint ?? '',
      actions: ['again'],
      details
    }
  );
}

/** A tab of the last layout asks nobody by itself. */
function NotRead({ model, trans }: IPartProps): JSX.Element {
  return (
    <p className="jp-Obsdeck-Links-state" role="status">
      {trans.__('Not read yet.')}
      <button
        type="button"
        className="jp-Obsdeck-Results-button"
        onClick={() => void model.load()}
      >
        {trans.__('Read links')}
      </button>
    </p>
  );
}

function Stopped({ model, trans }: IPartProps): JSX.Element {
  return (
    <p className="jp-Obsdeck-Links-state" role="status">
      {trans.__('Stopped: %1.', progressOf(model, trans))}
      <button
        type="button"
        className="jp-Obsdeck-Results-button"
        onClick={() => void model.resume()}
      >
        {trans.__('Read the rest')}
      </button>
    </p>
  );
}

function progressOf(model: LinksModel, trans: TranslationBundle): string {
  return model.reading.progress.all > 1
    ? progressWords(model, trans)
    : trans.__('the links are not read');
}

function Empty({ model, trans }: IPartProps): JSX.Element | null {
  if (model.rows.length > 0 || model.search === '') {
    return null;
  }
  return (
    <p className="jp-Obsdeck-Links-state" role="status">
      {trans.__('No link has “%1”.', model.search)}
    </p>
  );
}
