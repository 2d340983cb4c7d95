import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { LinksModel } from '../../model/links/model.js';
import { formatCount } from '../shared/format.js';
import { useNow } from '../shared/hooks.js';
import { OutlineIcon } from '../shared/outlineicon.js';
import { chosenWords, signedWords } from './words.js';

/** What head and foot of the links are drawn with. */
export interface ILinksFrameProps {
  readonly model: LinksModel;
  readonly trans: TranslationBundle;
}

/** Milliseconds after which the time that addresses hold is told anew. */
const TELL_EVERY = 15_000;

const CLOCK = 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.4';

/** Whose links they are, and for how long their addresses hold. */
export function LinksHead({ model, trans }: ILinksFrameProps): JSX.Element {
  const now = useNow(TELL_EVERY);
  const [first] = model.subjects;
  const { length } = model.subjects;
  const signed = signedWords(model.goodUntil, now, trans);
  return (
    <div className="jp-Obsdeck-Links-head">
      <b title={first.name}>
        {length === 1
          ? first.name
          : trans._n('%2 row', '%2 rows', length, formatCount(length))}
      </b>
      {length === 1 && first.source.id !== first.name && (
        <span className="jp-Obsdeck-Links-id" title={first.source.id}>
          {first.source.id}
        </span>
      )}
      {signed !== '' && (
        <span className="jp-Obsdeck-Links-signed">
          <OutlineIcon outline={CLOCK} name="clock" className="jp-Obsdeck-Links-icon" />
          {signed}
        </span>
      )}
    </div>
  );
}

/** “14 links”, “2 chosen, 92.2 MB”, “1 link failed”. */
export function LinksFoot({ model, trans }: ILinksFrameProps): JSX.Element {
  const { links, faults } = model.counts;
  const chosen = chosenWords(model.chosen, trans);
  const failed = trans._n(
    '%2 link failed',
    '%2 links failed',
    faults,
    formatCount(faults)
  );
  return (
    <div
      className="jp-Obsdeck-Links-foot"
      role="status"
      aria-label={trans.__('Links status')}
    >
      <span>{trans._n('%2 link', '%2 links', links, formatCount(links))}</span>
      {chosen !== '' && <span>{chosen}</span>}
      {faults > 0 && <span className="jp-mod-bad">{failed}</span>}
    </div>
  );
}
