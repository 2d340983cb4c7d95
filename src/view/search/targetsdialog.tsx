import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IArchive } from '../../archives/archive.js';
import { TargetList } from '../../model/targetlist.js';
import type { ITarget } from '../../protocol/form.js';
import { AskingDialog } from '../shared/asking.js';
import { formatCount } from '../shared/format.js';
import { TargetsForm } from './targets.js';

/** Where a list of targets may come from. */
export interface ITargetSources {
  /** Whose resolver is asked for names. */
  readonly archive: IArchive;
  /** Targets that are searched already. */
  readonly targets: readonly ITarget[];
  /** The text of a file that the user chooses; null where none was chosen. */
  readFile?(): Promise<string | null>;
}

/**
 * Ask for a list of targets; the dialog stays open until each has a position, or the user
 * has seen which have none.
 *
 * @returns null where the user cancelled
 */
export async function askTargets(
  sources: ITargetSources,
  translator: ITranslator
): Promise<readonly ITarget[] | null> {
  const list = new TargetList(sources.archive);
  list.read(asLines(sources.targets));
  const dialog = new TargetsDialog(list, sources, translator);
  const { button } = await dialog.launch();
  list.dispose();
  return button.accept ? dialog.found : null;
}

function asLines(targets: readonly ITarget[]): string {
  return targets
    .map(({ name, ra, dec }) => `"${name.replaceAll('"', '""')}", ${ra}, ${dec}`)
    .join('\n');
}

/** The dialog “List of targets”. */
class TargetsDialog extends AskingDialog<void> {
  constructor(list: TargetList, sources: ITargetSources, translator: ITranslator) {
    const trans = translator.load('obsdeck');
    const { archive, readFile } = sources;
    const body = ReactWidget.create(
      <UseSignal signal={list.changed}>
        {() => (
          <TargetsForm
            list={list}
            hasResolver={archive.resolve !== undefined}
            trans={trans}
            onText={text => list.read(text)}
            onAgain={() => void list.resolve()}
            onFile={readFile && (() => void take(list, readFile))}
          />
        )}
      </UseSignal>
    );
    super({
      title: trans.__('List of targets'),
      body,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Use targets') })
      ],
      focusNodeSelector: 'textarea'
    });
    this._list = list;
    list.changed.connect(() => this.relabel(acceptWords(list, trans)));
  }

  /** The targets that were accepted. */
  found: readonly ITarget[] = [];

  protected override get isAsking(): boolean {
    return this._list.progress !== null;
  }

  protected override async ask(): Promise<boolean> {
    const found = isIncomplete(this._list)
      ? this._list.found
      : await this._list.resolve();
    this.found = found ?? [];
    return this.found.length > 0;
  }

  private readonly _list: TargetList;
}

/** True where the user has seen that some targets have no position, and others have. */
function isIncomplete({ found, unknown, unreached }: TargetList): boolean {
  return found.length > 0 && unknown.length + unreached.length > 0;
}

/** What the button that accepts will do. */
function acceptWords(list: TargetList, trans: TranslationBundle): string {
  const count = list.found.length;
  return isIncomplete(list)
    ? trans._n(
        'Use the other target',
        'Use the other %2 targets',
        count,
        formatCount(count)
      )
    : trans.__('Use targets');
}

/** Read a file into the list; why it could not be read is said in the dialog. */
async function take(
  list: TargetList,
  readFile: () => Promise<string | null>
): Promise<void> {
  try {
    const text = await readFile();
    if (text !== null && !list.isDisposed) {
      list.read(text);
    }
  } catch (reason) {
    list.fail(reason);
  }
}
