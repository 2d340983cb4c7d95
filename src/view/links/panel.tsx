import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { AccessMend } from '../../model/access.js';
import type { LinksModel } from '../../model/links/model.js';
import type { ILinkRow } from '../../model/links/types.js';
import type { ILink } from '../../protocol/datalink/types.js';
import { Access, type IAccessSubject } from '../access/access.js';
import { accountSnapshot } from '../results/accountsnapshot.js';
import type { BannerActions } from '../results/banneractions.js';
import { isSignedIn } from '../shared/rights.js';
import type { IWaitingTab } from '../shared/waiting.js';
import { LinksFoot, LinksHead } from './frame.js';
import { LinkPreview } from './preview.js';
import { LinksStates } from './states.js';
import { LinksToolbar } from './toolbar.js';
import { LinksTreeView } from './tree.js';
import type { ILinksViewOptions } from './types.js';

/** Everything that belongs to rows, as a tree. Asks only when told to. */
export class LinksPanel extends ReactWidget implements IWaitingTab {
  constructor(private readonly _options: ILinksViewOptions) {
    super();
    this.addClass('jp-Obsdeck-Links');
    _options.model.changed.connect(this._redraw, this);
    _options.rights?.rights.changed.connect(this._redraw, this);
  }

  get model(): LinksModel {
    return this._options.model;
  }

  get waitsFor(): string | null {
    const { reading, archive } = this.model;
    return reading.wait?.for === 'sign-in' ? archive.definition.id : null;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.disconnectReceiver(this);
      this.model.dispose();
      super.dispose();
    }
  }

  /** Put the focus on the links, or on what brings them. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    void this.renderPromise?.then(() =>
      this.node
        .querySelector<HTMLElement>('[role=tree], .jp-Obsdeck-Links-state button')
        ?.focus()
    );
  }

  /** Escape cancels what is loading. */
  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.key === 'Escape') {
      this.model.reading.cancel();
    }
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('keydown', this);
  }

  protected override onBeforeDetach(msg: Message): void {
    this.node.removeEventListener('keydown', this);
    super.onBeforeDetach(msg);
  }

  protected override render(): JSX.Element {
    const { model, trans, deeds } = this._options;
    return (
      <>
        <LinksToolbar model={model} deeds={deeds} trans={trans} />
        <LinksHead model={model} trans={trans} />
        <LinksStates
          model={model}
          account={this._account}
          actions={this._actions()}
          trans={trans}
        />
        {this._access()}
        <div className="jp-Obsdeck-Links-middle">
          <LinksTreeView
            model={model}
            trans={trans}
            onOpen={row => deeds.open(row.id)}
            onWhy={this._options.rights && this._why}
          />
          {deeds.picture && (
            <LinkPreview model={model} picture={deeds.picture} trans={trans} />
          )}
        </div>
        <LinksFoot model={model} trans={trans} />
      </>
    );
  }

  private _access(): JSX.Element | null {
    const { rights, trans, deeds } = this._options;
    return this._about && rights ? (
      <Access
        key={this._about.subject}
        about={this._about}
        rights={rights.rights}
        trans={trans}
        onMend={this._mend}
        onSave={(name, calendar) => deeds.save?.(name, calendar)}
        onClose={() => this._explain(null)}
      />
    ) : null;
  }

  private get _account() {
    const { rights } = this._options;
    const { definition } = this.model.archive;
    const now = rights?.definition(definition.id) ?? definition;
    const [{ source }] = this.model.subjects;
    return accountSnapshot(now, source.url, rights?.rights ?? null);
  }

  private _actions(): BannerActions {
    const { rights } = this._options;
    const { model } = this;
    const why = (): void =>
      this._explain({ ...this._subject(null), error: model.reading.error });
    const asMe = (): void => void this._asMe();
    return {
      again: () => void model.resume(),
      cancel: () => model.reading.cancel(),
      ...(rights && {
        'sign-in': asMe,
        'sign-in-on': () => void this._signInAndGo(),
        'as-me': asMe,
        'set-up': () => rights.editArchive(model.archive.definition.id),
        why
      })
    };
  }

  /** Ask in the user's name, after a sign-in where there is none. */
  private async _asMe(): Promise<void> {
    const { rights } = this._options;
    const { id } = this.model.archive.definition;
    const isThere = rights && isSignedIn(rights.rights, id);
    if (isThere || (await rights?.signIn(id))) {
      await this.model.load('me');
    }
  }

  /** What waits goes on by itself; what has ended is asked again. */
  private async _signInAndGo(): Promise<void> {
    const { model } = this;
    const { id } = model.archive.definition;
    const isDone = await this._options.rights?.signIn(id);
    if (isDone && !model.isDisposed && model.reading.state !== 'reading') {
      await model.load('me');
    }
  }

  private readonly _why = (row: ILinkRow): void => {
    const { thing, id } = row;
    this._explain({
      ...this._subject(id),
      ...(thing.kind === 'failed' && { error: thing.error }),
      ...(thing.kind === 'fault' && { row: { refusal: refusalOf(thing.link) } })
    });
  };

  private _subject(id: string | null): Omit<IAccessSubject, 'error'> {
    const { archive, reading, subjects } = this.model;
    const subject = (id !== null && this.model.subjectOf(id)) || subjects[0];
    return { archive: archive.definition, subject: subject.name, as: reading.as };
  }

  private _explain(about: IAccessSubject | null): void {
    this._about = about;
    this.update();
    if (!about) {
      this.node.querySelector<HTMLElement>('[role=tree]')?.focus();
    }
  }

  private readonly _mend = (mend: Exclude<AccessMend, 'calendar'>): void => {
    void (mend === 'sign-in-again' ? this._signInAndGo() : this._asMe());
  };

  private _redraw(): void {
    this.update();
  }

  private _about: IAccessSubject | null = null;
}

/** What the service says in place of a link. */
function refusalOf({ error, flaw }: ILink): string {
  return error?.message || error?.fault || (flaw ?? '');
}
