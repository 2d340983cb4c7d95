import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { AccessMend, IAccessAnswer } from '../../model/access.js';
import type { IAccessCheck } from '../../model/accesschecks.js';
import { type Flag, FlagIcon } from '../shared/flags.js';
import { Emphasis } from './emphasis.js';

/** Properties of {@link AccessView}. */
export interface IAccessViewProps {
  /** Name of the archive. */
  readonly archive: string;
  /** What cannot be seen; shown bold within the sentence. */
  readonly subject: string;
  readonly answer: IAccessAnswer;
  readonly trans: TranslationBundle;
  /** Do what may mend it. */
  onMend(mend: AccessMend): void;
  onClose(): void;
}

/**
 * Why something cannot be seen: the cause, what was checked, the service's own words, and
 * what mends it. Knows nothing of where it is shown.
 */
export function AccessView(props: IAccessViewProps): JSX.Element {
  const { answer, subject, trans, onClose } = props;
  const id = React.useId();
  const parts = [subject, answer.release?.date ?? ''];
  return (
    <section
      className="jp-Obsdeck-Access"
      aria-labelledby={id}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <Head {...props} id={id} />
      <div className="jp-Obsdeck-Access-body">
        <p>
          <Emphasis text={answer.sentence} parts={parts} />
        </p>
        <Checks {...props} />
        {answer.words && (
          <blockquote>
            <span>{trans.__('The service wrote')}</span>
            <p>“{answer.words}”</p>
          </blockquote>
        )}
        <Mend {...props} />
      </div>
    </section>
  );
}

/** Title and the button that closes; it has the focus first, and all comes into sight. */
function Head({ id, trans, onClose }: IAccessViewProps & { id: string }): JSX.Element {
  const close = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    const section = close.current?.closest('section');
    section?.scrollIntoView?.({ block: 'nearest' });
    close.current?.focus();
  }, []);
  return (
    <header>
      <FlagIcon flag="locked" />
      <h3 id={id}>{trans.__('Why can’t I see it?')}</h3>
      <button
        ref={close}
        type="button"
        className="jp-Obsdeck-Access-close"
        title={trans.__('Close')}
        aria-label={trans.__('Close')}
        onClick={() => onClose()}
      >
        <closeIcon.react tag="span" />
      </button>
    </header>
  );
}

const FLAGS: Readonly<Record<IAccessCheck['state'], Flag>> = {
  good: 'good',
  bad: 'bad',
  warn: 'unsure',
  unknown: 'unknown'
};

/** The check list: icon and word, detail, and what can be done about it. */
function Checks(props: IAccessViewProps): JSX.Element {
  const { answer, trans } = props;
  return (
    <ul className="jp-Obsdeck-Access-checks" aria-label={trans.__('What was checked')}>
      {answer.checks.map(check => (
        <li key={check.name}>
          <b>
            <FlagIcon flag={FLAGS[check.state]} />
            {checkWords(trans, check.name)}
          </b>
          <span>{check.detail}</span>
          <CheckLink {...props} check={check} />
        </li>
      ))}
    </ul>
  );
}

/** What a line of the list offers beside the button that mends. */
function CheckLink(
  props: IAccessViewProps & { check: IAccessCheck }
): JSX.Element | null {
  const { answer, check, trans, onMend } = props;
  if (check.name === 'permission' && check.state !== 'good' && answer.helpUrl) {
    return (
      <a href={answer.helpUrl} target="_blank" rel="noopener noreferrer">
        {trans.__('How to get access')}
      </a>
    );
  }
  if (check.name === 'public' && answer.release && answer.mend !== 'calendar') {
    return (
      <button
        type="button"
        className="jp-Obsdeck-Access-link"
        onClick={() => onMend('calendar')}
      >
        {trans.__('Add to calendar')}
      </button>
    );
  }
  return null;
}

function checkWords(trans: TranslationBundle, name: IAccessCheck['name']): string {
  switch (name) {
    case 'signed-in':
      return trans.__('Signed in');
    case 'public':
      return trans.__('Public');
    case 'permission':
      return trans.__('Permission');
  }
}

/** The one button that mends it; nothing where there is but to wait or to ask. */
function Mend(props: IAccessViewProps): JSX.Element | null {
  const { mend } = props.answer;
  if (mend === null) {
    return null;
  }
  return (
    <button
      type="button"
      className="jp-Obsdeck-Search-primary"
      onClick={() => props.onMend(mend)}
    >
      {mendWords(props, mend)}
    </button>
  );
}

function mendWords({ trans, archive }: IAccessViewProps, mend: AccessMend): string {
  switch (mend) {
    case 'sign-in':
      return trans.__('Sign in to %1', archive);
    case 'sign-in-again':
      return trans.__('Sign in again');
    case 'sign-in-other':
      return trans.__('Sign in as someone else');
    case 'as-me':
      return trans.__('Search as me');
    case 'calendar':
      return trans.__('Add to calendar');
  }
}
