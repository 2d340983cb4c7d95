import type { TranslationBundle } from '@jupyterlab/translation';

import { canSignIn, needsAccount } from '../../archives/signin.js';
import { type IOffer, orderColumns } from '../../model/offer.js';
import type { SearchModel } from '../../model/search.js';
import type { SearchFlow } from '../../model/searchflow.js';
import { describeError } from '../../protocol/errors.js';
import { fieldsByKey } from '../../protocol/form.js';
import { hostOf, type IRights, isSignedIn, whyOff } from '../shared/rights.js';
import type { IAskerAccount } from './asker.js';
import type { IFacets } from './columnfield.js';
import type { ISearchFormProps } from './formtypes.js';
import type { IOwnFields } from './more.js';

/** What of the form's properties are values; the others are gestures. */
export type FormValues = Omit<ISearchFormProps, `on${string}`>;

/** What the values of the form come from. */
export interface IFormSources {
  readonly flow: SearchFlow;
  readonly rights: IRights | null;
  readonly blocked?: string;
  readonly trans: TranslationBundle;
}

/** What the form shows; null where no archive can be searched. */
export function formValues(sources: IFormSources): FormValues | null {
  const { flow, blocked, trans } = sources;
  const { model } = flow;
  const { archive, table, offer } = model;
  if (!archive || !table || !offer) {
    return null;
  }
  return {
    ...choices(model),
    archive: archive.definition.id,
    table: table.name,
    offer,
    orderColumns: orderColumns(offer),
    form: model.form,
    problems: model.problems,
    isEmpty: model.isEmpty,
    hasResolver: archive.resolve !== undefined,
    resolution: model.resolution,
    waiting: flow.waiting,
    facets: facetsOf(flow, offer),
    ownFields: ownFieldsOf(model),
    cost: flow.counts.cost,
    hasJobs: archive.discover?.jobs !== undefined,
    isNameOpen: model.isNameOpen,
    adql: model.request?.query.adql ?? null,
    asker: model.as,
    account: accountOf(sources),
    handEdited: model.handEdited,
    running: model.running,
    blocked,
    trans
  };
}

function choices(model: SearchModel): Pick<FormValues, 'archives' | 'tables'> {
  return {
    archives: model.archives.map(({ definition }) => ({
      value: definition.id,
      label: definition.name
    })),
    tables: model.tables.map(({ name, title }) => ({
      value: name,
      label: title || name
    }))
  };
}

/** Tables may have thousands of fields; values are known of few. */
function facetsOf({ model, counts }: SearchFlow, { profile }: IOffer): IFacets {
  const known = [...fieldsByKey(profile)].filter(
    ([key, field]) => field.facet || field.choices || key in model.form.columns
  );
  return {
    ...model.facets.toJSON(),
    values: Object.fromEntries(known.map(([key, field]) => [key, counts.facet(field)]))
  };
}

function ownFieldsOf({ fields }: SearchModel): IOwnFields {
  return {
    canBeLoaded: fields.canBeLoaded,
    isLoading: fields.isLoading,
    error: fields.error ? describeError(fields.error) : ''
  };
}

/** The account at the archive of the form; null where it can have none. */
function accountOf({ flow, rights, trans }: IFormSources): IAskerAccount | null {
  const { archive, table } = flow.model;
  const definition = archive?.definition;
  if (!definition || !rights || !canSignIn(definition)) {
    return null;
  }
  const { id, name, signIn } = definition;
  return {
    archive: name,
    host: hostOf(table?.service ?? '') || name,
    isNeeded: needsAccount(definition),
    isSignedIn: isSignedIn(rights, id),
    note: signIn.meNote ?? '',
    off: whyOff(rights, trans)
  };
}
