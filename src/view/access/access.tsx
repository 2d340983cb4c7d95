import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import type { IArchiveDefinition } from '../../archives/archive.js';
import { type AccessMend, explainAccess } from '../../model/access.js';
import type { IAccessQuestion } from '../../model/accessfacts.js';
import { releaseCalendar } from '../../model/calendar.js';
import type { IRelease } from '../../model/release.js';
import { formatSpan } from '../shared/format.js';
import { useNow } from '../shared/hooks.js';
import { type IRights, isSignedIn } from '../shared/rights.js';
import { AccessView } from './view.js';

/** What cannot be seen, and how it was asked for. */
export interface IAccessSubject extends Pick<
  IAccessQuestion,
  'subject' | 'error' | 'isEmpty' | 'row'
> {
  readonly archive: IArchiveDefinition;
  /** As whom it was asked; missing: as whom it would be now. */
  readonly as?: Asker;
}

/** Properties of {@link Access}. */
export interface IAccessProps {
  readonly about: IAccessSubject;
  readonly rights: IRights;
  readonly trans: TranslationBundle;
  /** Do what may mend it; the calendar is seen to already. */
  onMend(mend: Exclude<AccessMend, 'calendar'>): void;
  /** Let the user save a calendar. */
  onSave(name: string, calendar: string): void;
  onClose(): void;
}

/** Milliseconds after which the time left of a sign-in is told anew. */
const TELL_EVERY = 15_000;

/** “Why can’t I see it?”, answered by what is known now; asks nobody. */
export function Access(props: IAccessProps): JSX.Element {
  useNow(TELL_EVERY);
  return (
    <UseSignal signal={props.rights.changed}>{() => <Answered {...props} />}</UseSignal>
  );
}

function Answered(props: IAccessProps): JSX.Element {
  const { about, rights, trans, onMend, onSave, onClose } = props;
  const { archive, subject } = about;
  const now = rights.now();
  const account = rights.get(archive.id) ?? null;
  const { as = isSignedIn(rights, archive.id) ? 'me' : 'anyone' } = about;
  const answer = explainAccess({ ...about, as, account, now, span: formatSpan });
  const save = (release: IRelease): void =>
    onSave(fileName(subject), releaseCalendar({ release, archive, subject, now }));
  return (
    <AccessView
      archive={archive.name}
      subject={subject}
      answer={answer}
      trans={trans}
      onMend={mend => {
        if (mend !== 'calendar') {
          onMend(mend);
        } else if (answer.release) {
          save(answer.release);
        }
      }}
      onClose={onClose}
    />
  );
}

/** A file name that every system takes: `ADP.2016-09-26T03_04_09.ics`. */
function fileName(subject: string): string {
  const plain = subject.replace(/[^\w.+-]+/g, '_').replace(/^[._]+/, '');
  return `${plain.slice(0, 80) || 'release'}.ics`;
}
