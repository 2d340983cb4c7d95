import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { CutoutSession } from '../../model/cutout/session.js';
import type { ServiceModel } from '../../model/cutout/service.js';
import { Disclosure } from '../shared/disclosure.js';
import { Code, type ICodeText } from './code.js';
import { ChoiceInput } from './inputs.js';
import { Parameters } from './parameters.js';
import { ShapeFields } from './shapefields.js';
import { type IStateActions, State } from './state.js';
import { choiceWords, estimateWords, runWords, scaleWords } from './words.js';

/** What a form needs beside its model. */
export interface IFormActions extends Omit<IStateActions, 'cancel'> {
  /** Put a text on the clipboard. */
  copy(text: string): void;
  /** Insert the request into the notebook. */
  insertAsCell(session: CutoutSession): void;
  /** The request as code; empty while there is none. */
  codes(session: CutoutSession): readonly ICodeText[];
  /** “Sent to data.lsst.cloud, as you.” */
  sentTo(session: CutoutSession): string;
}

interface IFormProps {
  readonly session: CutoutSession;
  /** Name of the archive. */
  readonly archive: string;
  readonly actions: IFormActions;
  readonly trans: TranslationBundle;
}

/** The form of a described service: “Cut out”, or what the service calls itself. */
export function ServiceForm(props: IFormProps): JSX.Element | null {
  const { session, archive, actions, trans } = props;
  const { model } = session;
  if (model === null) {
    return null;
  }
  const label = runWords(trans, model);
  const isRunning = model.state.phase === 'running';
  return (
    <form
      className="jp-Obsdeck-Cutout-form"
      aria-label={label}
      onSubmit={event => {
        event.preventDefault();
        void runAndShow(model, actions.openFile);
      }}
    >
      <div className="jp-Obsdeck-Cutout-fields">
        <Services session={session} trans={trans} />
        <ShapeFields area={model.area} trans={trans} />
        <Estimate model={model} trans={trans} />
        <Fields model={model} trans={trans} />
        <Given model={model} trans={trans} />
        <Code texts={actions.codes(session)} trans={trans} onCopy={actions.copy} />
        <State
          {...actions}
          state={model.state}
          archive={archive}
          label={label}
          trans={trans}
          cancel={() => model.cancel()}
        />
      </div>
      <div className="jp-Obsdeck-Cutout-foot">
        <span className="jp-Obsdeck-Cutout-muted">{actions.sentTo(session)}</span>
        <button
          type="button"
          className="jp-Obsdeck-Cutout-button"
          disabled={model.request === null}
          onClick={() => actions.insertAsCell(session)}
        >
          {trans.__('Insert as cell')}
        </button>
        <button
          type="submit"
          className="jp-Obsdeck-Cutout-button jp-mod-primary"
          disabled={isRunning || model.problem !== null}
          title={model.problem ?? undefined}
        >
          {label}
        </button>
      </div>
    </form>
  );
}

/** Run it, and look at what came where it is one file. */
async function runAndShow(
  model: ServiceModel,
  openFile: (path: string) => void
): Promise<void> {
  await model.run();
  const { state } = model;
  const [first, second] = state.phase === 'done' ? state.results : [];
  if (first?.kind === 'file' && second === undefined) {
    openFile(first.path);
  }
}

interface IPartProps {
  readonly model: ServiceModel;
  readonly trans: TranslationBundle;
}

/** Which service; nothing where there is only one. */
function Services(props: {
  readonly session: CutoutSession;
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  const { session, trans } = props;
  const { choices, chosen } = session;
  return choices.length < 2 ? null : (
    <ChoiceInput
      label={trans.__('Service')}
      value={chosen?.key ?? ''}
      choices={choices.map(choice => ({
        value: choice.key,
        label: choiceWords(trans, choice)
      }))}
      onValue={key => session.choose(key)}
    />
  );
}

/** Roughly what comes; nothing while nobody can know. */
function Estimate({ model, trans }: IPartProps): JSX.Element | null {
  const { estimate } = model;
  const words = estimate ? estimateWords(trans, estimate) : '';
  return estimate && words ? (
    <p role="status" aria-label={trans.__('Size')}>
      <strong>{words}</strong>{' '}
      <span className="jp-Obsdeck-Cutout-muted">{scaleWords(trans, estimate)}</span>
    </p>
  ) : null;
}

/** Parameters of SODA first; the service's own are folded beside them. */
function Fields({ model, trans }: IPartProps): JSX.Element {
  const { form, known, isCutout } = model;
  const [first, others] = isCutout
    ? [form.fields.slice(0, known), form.fields.slice(known)]
    : [form.fields, []];
  return (
    <>
      <Parameters form={form} fields={first} trans={trans} />
      {others.length > 0 && (
        <Disclosure label={trans.__('Other parameters')}>
          <Parameters form={form} fields={others} trans={trans} />
        </Disclosure>
      )}
    </>
  );
}

/** What is sent as it is: nobody can change it. */
function Given({ model, trans }: IPartProps): JSX.Element | null {
  const { given } = model;
  return given.length === 0 ? null : (
    <dl className="jp-Obsdeck-Cutout-given" aria-label={trans.__('Sent as it is')}>
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={value ?? undefined}>{value ?? trans.__('no value')}</dd>
        </div>
      ))}
    </dl>
  );
}
