import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import { type ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';

import type { IArchive } from '../../archives/archive.js';
import type { LinkSource } from '../../archives/links.js';
import { AskingDialog } from '../shared/asking.js';

/** What an identifier leads to, and where. */
export interface IIdentified {
  readonly archive: IArchive;
  readonly source: LinkSource;
}

/** What the dialog holds. */
class IdentifierState {
  constructor(
    readonly archives: readonly IArchive[],
    public archive: IArchive,
    private readonly _trans: TranslationBundle
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  id = '';

  /** Why it leads nowhere; empty before it was tried. */
  problem = '';

  set(change: Partial<Pick<IdentifierState, 'archive' | 'id'>>): void {
    Object.assign(this, change, { problem: '' });
    this._changed.emit();
  }

  /** What the identifier leads to; null, and the problem told, where it leads nowhere. */
  find(): IIdentified | null {
    const { archive, _trans: trans } = this;
    const source = archive.links?.sourceOfId(this.id.trim()) ?? null;
    const { name } = archive.definition;
    this.problem = source
      ? ''
      : this.id.trim() === ''
        ? trans.__('Type an identifier.')
        : trans.__('%1 has no service that knows such identifiers.', name);
    this._changed.emit();
    return source && { archive, source };
  }

  private readonly _changed = new Signal<this, void>(this);
}

/**
 * Ask for an identifier whose links are wanted; null when the user gave up.
 *
 * @param archives - those that have links, at least one
 * @param first - the one proposed
 */
export async function askIdentifier(
  archives: readonly IArchive[],
  first: IArchive,
  trans: TranslationBundle
): Promise<IIdentified | null> {
  const state = new IdentifierState(archives, first, trans);
  const { button } = await new IdentifierDialog(state, trans).launch();
  return button.accept ? state.find() : null;
}

/** The dialog “Open links by identifier”. */
class IdentifierDialog extends AskingDialog<void> {
  constructor(
    private readonly _state: IdentifierState,
    trans: TranslationBundle
  ) {
    super({
      title: trans.__('Open links by identifier'),
      body: ReactWidget.create(
        <UseSignal signal={_state.changed}>
          {() => <Fields state={_state} trans={trans} />}
        </UseSignal>
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Open links') })
      ],
      focusNodeSelector: 'input'
    });
  }

  protected override readonly isAsking = false;

  protected override ask(): Promise<boolean> {
    return Promise.resolve(this._state.find() !== null);
  }
}

function Fields(props: {
  readonly state: IdentifierState;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { state, trans } = props;
  const problemId = React.useId();
  return (
    <div className="jp-Obsdeck-Links-dialog">
      <label>
        {trans.__('Archive')}
        <select
          value={state.archive.definition.id}
          onChange={({ target }) => {
            const archive = state.archives.find(
              ({ definition }) => definition.id === target.value
            );
            state.set(archive ? { archive } : {});
          }}
        >
          {state.archives.map(({ definition }) => (
            <option key={definition.id} value={definition.id}>
              {definition.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {trans.__('Identifier')}
        <input
          type="text"
          spellCheck={false}
          value={state.id}
          aria-invalid={state.problem !== ''}
          aria-describedby={problemId}
          onChange={({ target }) => state.set({ id: target.value })}
        />
      </label>
      <p id={problemId} role={state.problem === '' ? undefined : 'alert'}>
        {state.problem}
      </p>
    </div>
  );
}
