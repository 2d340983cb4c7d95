import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import { canSignIn } from '../../archives/signin.js';
import type { QueryModel } from '../../model/query.js';
import { QuerySchema } from '../../model/schema/queryschema.js';
import type { ISchemas } from '../../model/schema/types.js';
import {
  applyFix,
  complete,
  formatAdql,
  type IFix,
  type IProblem
} from '../../protocol/adql/index.js';
import { hostOf, type IRights, isSignedIn, whyOff } from '../shared/rights.js';
import { QueryChecker } from './checker.js';
import { EditorHost } from './editorhost.js';
import { EditedNote, type IQueryLineProps, QueryLine, QueryWho } from './line.js';
import { Problems } from './problems.js';
import { SchemaLine } from './schemaline.js';
import { type IQueryActions, QueryToolbar } from './toolbar.js';
import {
  type IEditorHelp,
  type IEditorSettings,
  type IQueryEditor,
  type QueryEditorFactory,
  USUAL_SETTINGS
} from './types.js';
import { completionWords } from './words.js';

/** What is done with a query beside running it; what is missing is not offered. */
export interface IQueryMeans {
  /** What services tell of themselves, for completion and checks. */
  readonly schemas?: ISchemas;
  /** How the user wants the editor to be, now. */
  readonly settings?: IEditorSettings;
  /** Run at the service, which keeps the rows. */
  readonly runJob?: () => void;
  readonly saveSearch?: () => void;
  readonly history?: () => void;
  /** Brings the form to the front that stands for the query. */
  readonly showForm?: () => void;
}

/** What the query part of a Results tab is made of. */
export interface IQueryPaneOptions {
  readonly model: QueryModel;
  readonly editorFactory: QueryEditorFactory;
  /** The accounts; null where there are none. */
  readonly rights: IRights | null;
  readonly trans: TranslationBundle;
  /** What can be done with the query now; asked whenever it is drawn. */
  readonly means?: IQueryMeans;
  run(): void;
  stop(): void;
}

/** The query of a Results tab: one line, or unfolded an editor with its tools. */
export class QueryPane extends ReactWidget {
  constructor(private readonly _options: IQueryPaneOptions) {
    super();
    this.addClass('jp-Obsdeck-Query');
    const { model, means, trans } = _options;
    this._schema = means?.schemas ? new QuerySchema(means.schemas, model) : null;
    this._checker = new QueryChecker(model, this._schema);
    model.changed.connect(this._onModel, this);
    this._checker.changed.connect(this._redraw, this);
    this._schema?.changed.connect(this._redraw, this);
    this._help = {
      label: trans.__('ADQL editor'),
      words: completionWords(trans),
      opensByItself: () => this._settings.completeWhileTyping,
      complete: (text, cursor) =>
        this._schema && complete(text, cursor, this._schema.context),
      ready: () => this._schema?.ready ?? null,
      nextProblem: () => this._nextProblem()
    };
  }

  /** True while the ADQL editor is unfolded. Unfolding it is what asks for the schema. */
  get open(): boolean {
    return this._open;
  }

  set open(open: boolean) {
    this._open = open;
    this._stopped = null;
    this._checker.active = open;
    if (open) {
      void this._schema?.start();
    } else {
      this._schema?.stop();
    }
    this.update();
  }

  /** Put a text where the cursor of the editor is, which is opened for that. */
  insert(text: string): void {
    if (this._editor) {
      this._editor.insert?.(text);
    } else {
      this._toInsert = text;
      this.open = true;
    }
  }

  /** Put the focus where it stays while the rest of the pane changes. */
  focusLine(): void {
    this.node.querySelector<HTMLElement>('button')?.focus();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._checker.dispose();
      this._schema?.dispose();
      Signal.disconnectReceiver(this);
      super.dispose();
    }
  }

  protected override render(): JSX.Element {
    const { model, trans } = this._options;
    const line = this._lineProps();
    return (
      <>
        <QueryLine {...line} />
        {this._open && <QueryWho {...line} />}
        {this._open && this._renderEditor(line)}
        {model.editedByHand && <EditedNote trans={trans} onRevert={this._revert} />}
      </>
    );
  }

  private _renderEditor({ archive }: IQueryLineProps): JSX.Element {
    const { model, trans, editorFactory } = this._options;
    return (
      <>
        <EditorHost
          text={model.adql}
          problems={this._checker.problems}
          factory={editorFactory}
          help={this._help}
          onEditor={this._onEditor}
          onEdit={text => (model.adql = text)}
          onRun={this._run}
        />
        {this._schema && (
          <SchemaLine schema={this._schema} archive={archive} trans={trans} />
        )}
        <Problems
          problems={this._checker.problems}
          stopped={this._stopped !== null}
          trans={trans}
          onGo={problem => this._go(problem)}
          onFix={fix => this._mend(fix)}
          onRunAnyway={this._runAnyway}
        />
      </>
    );
  }

  private _lineProps(): IQueryLineProps {
    const { model, rights, trans } = this._options;
    const { as = 'anyone', archive, table } = model.request ?? {};
    const isMe = as === 'me' && isSignedIn(rights, archive?.definition.id ?? '');
    return {
      adql: model.adql,
      open: this._open,
      canRun: this._canRun,
      archive: archive?.definition.name ?? '',
      asker: rights && archive && canSignIn(archive.definition) ? as : null,
      askerOff: whyOff(rights, trans),
      sentTo: isMe ? hostOf(table?.service ?? '') : '',
      trans,
      tools: this._open && this._renderToolbar(),
      onToggle: () => (this.open = !this.open),
      onRun: this._run,
      onAsker: asker => model.setAs(asker)
    };
  }

  private _renderToolbar(): JSX.Element {
    const { model, trans } = this._options;
    const examples = this._schema?.examples ?? [];
    return (
      <QueryToolbar
        running={model.result.state === 'loading'}
        canRun={this._canRun}
        formOff={model.editedByHand ? trans.__('The form cannot show this query.') : ''}
        examples={examples}
        examplesOff={
          examples.length > 0 ? '' : trans.__('This service gives no examples.')
        }
        actions={this._actions()}
        trans={trans}
        onExample={({ adql }) => (model.adql = adql)}
      />
    );
  }

  private _actions(): IQueryActions {
    const { model, means, stop } = this._options;
    const { runJob, saveSearch, history, showForm } = means ?? {};
    return {
      run: this._run,
      stop,
      ...(runJob && { runJob: () => this._check(runJob) }),
      saveSearch,
      history,
      format: () => (model.adql = formatAdql(model.adql)),
      ...(showForm && { showForm: () => this._showForm(showForm) })
    };
  }

  private get _settings(): IEditorSettings {
    return this._options.means?.settings ?? USUAL_SETTINGS;
  }

  private get _canRun(): boolean {
    const { model } = this._options;
    return model.request !== null && model.adql.trim() !== '';
  }

  /** Do it unless the text has errors; what the form made is taken to have none. */
  private _check(act: () => void): void {
    const { model } = this._options;
    const problems = this._open || model.editedByHand ? this._checker.check() : [];
    const isFine = problems.every(({ severity }) => severity === 'warning');
    if (isFine || !this._settings.errorsStopRun) {
      this._stopped = null;
      act();
    } else {
      this._stopped = act;
      this._open ||= true;
      this._checker.active = true;
    }
    this.update();
  }

  private readonly _run = (): void => this._check(this._options.run);

  private readonly _runAnyway = (): void => {
    const act = this._stopped;
    this._stopped = null;
    this.update();
    this._editor?.focus();
    act?.();
  };

  private _showForm(show: () => void): void {
    this.open = false;
    show();
  }

  private _mend(fix: IFix): void {
    const { model } = this._options;
    const editor = this._editor;
    if (editor?.change && editor.text === model.adql) {
      editor.change(fix.changes);
    } else {
      model.adql = applyFix(model.adql, fix);
    }
    // The button that was pressed is about to go away.
    editor?.focus();
  }

  private _nextProblem(): void {
    const { problems } = this._checker;
    const places = [...problems].sort((one, other) => one.from - other.from);
    const next = places.find(({ from }) => from > this._shown) ?? places[0];
    if (next) {
      this._go(next);
    }
  }

  private _go({ from, to }: IProblem): void {
    this._shown = from;
    this._editor?.select?.(from, to);
  }

  private readonly _onEditor = (editor: IQueryEditor | null): void => {
    this._editor = editor;
    this._shown = -1;
    this._onModel();
    if (editor && this._toInsert !== null) {
      editor.insert?.(this._toInsert);
      this._toInsert = null;
    }
  };

  /**
   * The text may be another by a fix, an example or the form. Told at once: with the next
   * drawing it would undo what was typed since.
   */
  private _onModel(): void {
    const { adql } = this._options.model;
    if (this._editor && this._editor.text !== adql) {
      this._editor.text = adql;
    }
  }

  private _redraw(): void {
    this.update();
  }

  /** The button that was pressed is about to go away. */
  private readonly _revert = (): void => {
    this._options.model.revert();
    this.focusLine();
  };

  private readonly _schema: QuerySchema | null;
  private readonly _checker: QueryChecker;
  private readonly _help: IEditorHelp;
  private _editor: IQueryEditor | null = null;
  /** What waits for the editor to be there. */
  private _toInsert: string | null = null;
  private _open = false;
  /** What was not done because of errors. */
  private _stopped: (() => void) | null = null;
  /** Where the problem is that was shown last. */
  private _shown = -1;
}
