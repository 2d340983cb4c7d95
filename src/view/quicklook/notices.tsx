import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { QuickLookModel } from '../../model/quicklook/model.js';
import { describeError, type ProtocolError } from '../../protocol/errors.js';
import { BannerView } from '../results/banner.js';
import { plain } from '../results/bannertypes.js';
import { Running } from '../results/progress.js';
import { noImageWords } from './words.js';

/** Properties of {@link FileNotices}. */
export interface IFileNoticesProps {
  readonly model: QuickLookModel;
  readonly trans: TranslationBundle;
}

/** What there is to say about a file: it is read, cannot be read, or has no picture. */
export function FileNotices({ model, trans }: IFileNoticesProps): JSX.Element {
  const part = model.shown;
  const work = partWork(model);
  const read = (): void => void model.read();
  return (
    <>
      <Waiting
        since={model.since}
        words={trans.__('Reading %1 …', model.name)}
        trans={trans}
        onCancel={() => model.cancel()}
      />
      <Problem error={model.error} trans={trans} onAgain={read} />
      <Problem error={work.error} trans={trans} onAgain={work.again} />
      {model.hdu?.message && (
        <p className="jp-Obsdeck-QuickLook-note" role="status">
          {model.hdu.message}
        </p>
      )}
      {!model.info && !model.since && !model.error && (
        <Unread trans={trans} onRead={read} />
      )}
      {model.info && !part && <NoImage model={model} trans={trans} />}
    </>
  );
}

/** What is shown is being read; drawn above it, as it would jump if it gave way. */
export function PartWaiting({ model, trans }: IFileNoticesProps): JSX.Element {
  const { since, cancel } = partWork(model);
  return (
    <Waiting
      since={since}
      words={trans.__('Reading %1 …', model.name)}
      trans={trans}
      onCancel={cancel}
    />
  );
}

interface IWork {
  readonly since: number | null;
  readonly error: ProtocolError | null;
  cancel(): void;
  again(): void;
}

/** What the shown part of a file waits for. */
function partWork({ shown }: QuickLookModel): IWork {
  switch (shown?.kind) {
    case 'picture': {
      const { picture } = shown;
      const { since, error } = picture.parts;
      return {
        since,
        error,
        cancel: () => picture.cancel(),
        again: () => picture.read()
      };
    }
    case 'spectrum': {
      const { since, error } = shown.spectrum;
      const { again } = shown;
      return { since, error, cancel: () => shown.spectrum.stop(), again };
    }
    case 'table': {
      const { rows } = shown;
      const { since, error } = rows;
      return {
        since,
        error,
        cancel: () => rows.cancel(),
        again: () => rows.retry()
      };
    }
    default:
      return {
        since: null,
        error: null,
        cancel: () => undefined,
        again: () => undefined
      };
  }
}

/** A bar with “Cancel” while something is waited for. */
export function Waiting(props: {
  /** Milliseconds since 1970; null while nothing is. */
  readonly since: number | null;
  readonly words: string;
  /** What of the whole has come, 0 to 1; null or missing where that is not known. */
  readonly share?: number | null;
  readonly trans: TranslationBundle;
  onCancel(): void;
}): JSX.Element | null {
  const { since, words, share = null, trans, onCancel } = props;
  return since === null ? null : (
    <Running
      key={since}
      label={trans.__('Quick look')}
      share={share}
      startedAt={since}
      words={() => words}
      slow={() => null}
      trans={trans}
      onCancel={onCancel}
    />
  );
}

/** Why something did not work, with “Try again”. */
export function Problem(props: {
  readonly error: ProtocolError | null;
  readonly trans: TranslationBundle;
  onAgain(): void;
}): JSX.Element | null {
  const { error, trans, onAgain } = props;
  if (!error) {
    return null;
  }
  const isStopped = error.kind === 'cancelled';
  const banner = {
    ...plain('error'),
    tone: isStopped ? ('plain' as const) : ('bad' as const),
    role: isStopped ? ('status' as const) : ('alert' as const),
    headline: isStopped ? trans.__('Stopped.') : describeError(error),
    text: error.details.hint ?? '',
    actions: ['again' as const]
  };
  return <BannerView banner={banner} trans={trans} actions={{ again: onAgain }} />;
}

/** A tab of the last layout: it reads nothing by itself. */
function Unread(props: {
  readonly trans: TranslationBundle;
  onRead(): void;
}): JSX.Element {
  const { trans, onRead } = props;
  return (
    <p className="jp-Obsdeck-QuickLook-note">
      <span role="status">{trans.__('Not read yet.')}</span>
      <button type="button" className="jp-Obsdeck-Results-button" onClick={onRead}>
        {trans.__('Read the file')}
      </button>
    </p>
  );
}

function NoImage({ model, trans }: IFileNoticesProps): JSX.Element | null {
  const { info, hdu } = model;
  const table = info?.hdus.find(one => one.kind === 'table');
  if (!info) {
    return null;
  }
  return (
    <p className="jp-Obsdeck-QuickLook-note">
      <span role="status">
        {hdu ? trans.__('This HDU has no data.') : noImageWords(info, trans)}
      </span>
      {table && !hdu && (
        <button
          type="button"
          className="jp-Obsdeck-Results-button"
          onClick={() => model.choose(table)}
        >
          {trans.__('Open table')}
        </button>
      )}
    </p>
  );
}
