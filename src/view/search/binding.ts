import type { TranslationBundle } from '@jupyterlab/translation';

import {
  columnKey,
  columnPlace,
  type Criterion,
  type FormPlace,
  type IFormField,
  type IFormProblem,
  type ISearchForm
} from '../../protocol/form.js';

/** Where fields report what was done to them; the same functions for as long as there are. */
export interface IFieldGestures {
  /** The user changed some fields. */
  onChange(fields: Partial<ISearchForm>): void;
  /** The user asks something else of a column, given by its key. */
  onCriterion(column: string, criterion: Criterion): void;
  /** The focus left a field. */
  onLeave(place: FormPlace): void;
}

/** What every field of the form needs: the values, what is wrong, and where to report. */
export interface IFormBinding extends IFieldGestures {
  readonly form: ISearchForm;
  readonly problems: readonly IFormProblem[];
  readonly trans: TranslationBundle;
}

/** Fields that hold one line of text. */
export type TextFieldName = {
  [Name in keyof ISearchForm]: ISearchForm[Name] extends string ? Name : never;
}[keyof ISearchForm];

/** What is wrong at a place, in one sentence; undefined where nothing is. */
export function problemOf(
  { problems }: Pick<IFormBinding, 'problems'>,
  place: FormPlace
): string | undefined {
  return problems.find(problem => problem.field === place)?.message;
}

/** What the form holds at a place. */
export function valueAt(form: ISearchForm, place: FormPlace): unknown {
  if (!isOfColumn(place)) {
    return form[place];
  }
  const key = place.slice('column:'.length);
  return Object.hasOwn(form.columns, key) ? form.columns[key] : undefined;
}

function isOfColumn(place: FormPlace): place is `column:${string}` {
  return place.startsWith('column:');
}

/** Where problems with what is asked of a field's column are reported. */
export function placeOf({ column }: IFormField): FormPlace {
  return columnPlace(column);
}

/** What is asked of a field's column; undefined where nothing is. */
export function criterionOf(
  { form }: IFormBinding,
  { column }: IFormField
): Criterion | undefined {
  const key = columnKey(column);
  return Object.hasOwn(form.columns, key) ? form.columns[key] : undefined;
}

/** Ask something else of a field's column. */
export function setCriterion(
  { onCriterion }: IFormBinding,
  { column }: IFormField,
  criterion: Criterion
): void {
  onCriterion(columnKey(column), criterion);
}
