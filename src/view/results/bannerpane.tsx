import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { AccessMend } from '../../model/access.js';
import type { QueryModel } from '../../model/query.js';
import { Access, type IAccessSubject } from '../access/access.js';
import { rowAccess } from './accessrow.js';
import { bannerActions } from './banneractions.js';
import { ResultBanners } from './drawing.js';
import type { QueryRunner } from './runner.js';
import type { IResultsOptions } from './types.js';

/** What a {@link BannerPane} is made of. */
export interface IBannerPaneOptions extends Pick<
  IResultsOptions,
  'showSearch' | 'drop' | 'save'
> {
  readonly model: QueryModel;
  readonly runner: QueryRunner;
  readonly trans: TranslationBundle;
  /** Puts the focus where it is not lost: what has it is about to go away. */
  readonly keepFocus: () => void;
}

/** Something that cannot be seen, known by its identifier, and its row where there is one. */
export type IAccessThing = Pick<IAccessSubject, 'archive' | 'subject' | 'row'>;

/** What there is to say about a result, and below it why something cannot be seen. */
export class BannerPane extends ReactWidget {
  constructor(private readonly _options: IBannerPaneOptions) {
    super();
    this.addClass('jp-Obsdeck-Results-banners');
    _options.runner.rights?.changed.connect(this.update, this);
    _options.model.changed.connect(this._forget, this);
  }

  /**
   * Explain why something, or what a row describes, cannot be seen.
   *
   * @param about - index of a row, counted from 0; of no row: why the answer is what it is
   */
  explain(about: IAccessThing | number): void {
    const { provenance, rows } = this._options.model.result;
    if (typeof about !== 'number') {
      this._explain(about);
    } else if (!provenance || !rows || about < 0 || about >= rows.rowCount) {
      this._explainAnswer();
    } else {
      const { archive, table } = provenance;
      const { subject, row } = rowAccess(rows, about);
      const thing = { archive: archive.definition, subject: subject || table.name };
      this._explain({ ...thing, row });
    }
  }

  private _explainAnswer(): void {
    const { asked, error, state, rows } = this._options.model.result;
    if (asked) {
      const { archive, table, as = 'anyone' } = asked;
      const isEmpty = state === 'done' && rows?.rowCount === 0;
      const subject = table.name;
      this._explain({ archive: archive.definition, as, subject, error, isEmpty });
    }
  }

  protected override render(): JSX.Element {
    const { model, runner, trans, save } = this._options;
    const { rights } = runner;
    return (
      <>
        <ResultBanners
          model={model}
          account={runner.account}
          actions={this._actions()}
          trans={trans}
        />
        {this._about && rights && (
          <Access
            key={this._about.subject}
            about={this._about}
            rights={rights}
            trans={trans}
            onMend={this._mend}
            onSave={(name, calendar) => save?.(name, calendar)}
            onClose={this._close}
          />
        )}
      </>
    );
  }

  private _actions() {
    const { model, runner, showSearch: search, drop, keepFocus } = this._options;
    const run = (): void => void runner.run();
    const next = (): void => void model.runNext();
    const explain = (): void => this._explainAnswer();
    const rights = {
      'sign-in': () => void runner.runAsMe(),
      'sign-in-on': () => void runner.signInAndGo(),
      'as-me': () => void runner.runAsMe(),
      'set-up': () => runner.editArchive(),
      why: explain,
      'why-empty': explain,
      cancel: () => model.result.cancel()
    };
    const constraints = model.ran?.constraints ?? [];
    return bannerActions({ run, next, search, constraints, drop, rights }, keepFocus);
  }

  /** What is asked now is about something else. */
  private _forget(): void {
    this._explain(null);
  }

  private _explain(about: IAccessSubject | null): void {
    if (about) {
      this._opener = document.activeElement;
    }
    if (about !== this._about) {
      this._about = about;
      this.update();
    }
  }

  /** An answer is asked for again; what is known of a row stays when the user signs in. */
  private readonly _mend = (mend: Exclude<AccessMend, 'calendar'>): void => {
    const { runner } = this._options;
    if (this._about && this._about.as === undefined) {
      void runner.signIn(this._about.archive.id);
    } else if (mend === 'as-me' || mend === 'sign-in') {
      void runner.runAsMe();
    } else {
      void runner.signInAndGo();
    }
  };

  private readonly _close = (): void => {
    this._explain(null);
    if (this._opener instanceof HTMLElement && this._opener.isConnected) {
      this._opener.focus();
    } else {
      this._options.keepFocus();
    }
  };

  private _about: IAccessSubject | null = null;
  private _opener: Element | null = null;
}
