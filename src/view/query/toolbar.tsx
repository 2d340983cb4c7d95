import type { TranslationBundle } from '@jupyterlab/translation';
import {
  caretDownIcon,
  historyIcon,
  type LabIcon,
  runIcon,
  saveIcon,
  stopIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IQueryExample } from '../../archives/archive.js';
import { showMenu } from '../shared/menu.js';
import { RadioGroup } from '../shared/radiogroup.js';
import { formatIcon, jobIcon } from './icons.js';
import { useOneStop } from './onestop.js';

/** What is done with the query; what is missing has no button. */
export interface IQueryActions {
  run(): void;
  stop(): void;
  /** Run at the service, which keeps the rows. */
  runJob?(): void;
  saveSearch?(): void;
  history?(): void;
  format(): void;
  /** Show the form that stands for the query. */
  showForm?(): void;
}

/** Properties of {@link QueryToolbar}. */
export interface IQueryToolbarProps {
  readonly running: boolean;
  readonly canRun: boolean;
  /** Why the form cannot show the query; empty where it can. */
  readonly formOff: string;
  readonly examples: readonly IQueryExample[];
  /** Why there are no examples to choose; empty where there are. */
  readonly examplesOff: string;
  readonly actions: IQueryActions;
  readonly trans: TranslationBundle;
  onExample(example: IQueryExample): void;
}

/** The toolbar of the editor. */
export function QueryToolbar(props: IQueryToolbarProps): JSX.Element {
  const { canRun, actions, trans } = props;
  const toolbar = useOneStop();
  const whyNot = canRun ? undefined : trans.__('Nothing to run yet.');
  return (
    <div
      ref={toolbar}
      className="jp-Obsdeck-Query-tools"
      role="toolbar"
      aria-label={trans.__('Query')}
    >
      <RunTools {...props} whyNot={whyNot} />
      <KeepTools {...props} whyNot={whyNot} />
      <Examples {...props} />
      <Tool
        icon={formatIcon}
        label={trans.__('Format')}
        why={whyNot}
        onClick={actions.format}
      />
      {actions.showForm && <EditAs {...props} showForm={actions.showForm} />}
    </div>
  );
}

interface IToolsProps extends IQueryToolbarProps {
  /** Why nothing can be done with the query; undefined where something can. */
  readonly whyNot: string | undefined;
}

/** “Run”, “Run as job” and “Stop”. */
function RunTools(props: IToolsProps): JSX.Element {
  const { running, actions, whyNot, trans } = props;
  const { run, runJob, stop } = actions;
  const whyNoStop = running ? undefined : trans.__('Nothing is running.');
  return (
    <>
      <RunTool {...props} onRun={run} />
      {runJob && (
        <Tool
          icon={jobIcon}
          label={trans.__('Run as job')}
          why={whyNot}
          onClick={runJob}
        />
      )}
      <Tool icon={stopIcon} label={trans.__('Stop')} why={whyNoStop} onClick={stop} />
    </>
  );
}

/** “Save search” and “History”. */
function KeepTools({ actions, whyNot, trans }: IToolsProps): JSX.Element {
  const { saveSearch, history } = actions;
  return (
    <>
      {saveSearch && (
        <Tool
          icon={saveIcon}
          label={trans.__('Save search')}
          why={whyNot}
          onClick={saveSearch}
        />
      )}
      {history && (
        <Tool icon={historyIcon} label={trans.__('History')} popup onClick={history} />
      )}
    </>
  );
}

/** The button that runs the query. */
export function RunTool(props: {
  readonly canRun: boolean;
  readonly trans: TranslationBundle;
  onRun(): void;
}): JSX.Element {
  const { canRun, trans, onRun } = props;
  const why = canRun ? undefined : trans.__('Nothing to run yet.');
  return <Tool icon={runIcon} label={trans.__('Run')} why={why} onClick={onRun} />;
}

function Examples(props: IQueryToolbarProps): JSX.Element {
  const { examples, examplesOff, trans, onExample } = props;
  const open = (button: HTMLElement): void => {
    const { left: x, bottom: y } = button.getBoundingClientRect();
    const entries = examples.map(example => ({
      label: example.name || example.adql.slice(0, 60),
      run: () => onExample(example)
    }));
    showMenu(entries, { x, y }, () => button.focus());
  };
  return (
    <Tool
      icon={caretDownIcon}
      label={trans.__('Examples')}
      why={examplesOff || undefined}
      popup
      onClick={open}
    />
  );
}

/** The form in the sidebar, or this text. */
function EditAs(
  props: IQueryToolbarProps & { readonly showForm: () => void }
): JSX.Element {
  const { formOff, trans, showForm } = props;
  return (
    <div className="jp-Obsdeck-Query-editAs">
      <RadioGroup<'form' | 'adql'>
        inline
        label={trans.__('Edit as')}
        choices={[
          { value: 'form', label: trans.__('Form'), ...(formOff && { off: formOff }) },
          { value: 'adql', label: trans.__('ADQL') }
        ]}
        value="adql"
        onChange={value => value === 'form' && showForm()}
      />
    </div>
  );
}

interface IToolProps {
  readonly icon: LabIcon;
  readonly label: string;
  /** Why it is disabled; undefined while it is not. */
  readonly why?: string;
  /** It opens a menu or list. */
  readonly popup?: boolean;
  readonly onClick: (button: HTMLElement) => void;
}

function Tool({ icon, label, why, popup, onClick }: IToolProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Obsdeck-Query-tool"
      disabled={why !== undefined}
      title={why ?? label}
      aria-haspopup={popup ? 'menu' : undefined}
      onClick={event => onClick(event.currentTarget)}
    >
      <icon.react tag="span" />
      <span className="jp-Obsdeck-Query-toolLabel">{label}</span>
    </button>
  );
}
