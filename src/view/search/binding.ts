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

/** What every field of the form needs: the values, what is wrong, and where to report. */
export interface IFormBinding {
  readonly form: ISearchForm;
  readonly problems: readonly IFormProblem[];
  readonly trans: TranslationBundle;
  /** The user changed some fields. */
  onChange(fields: Partial<ISearchForm>): void;
  /** The focus left a field. */
  onLeave(place: FormPlace): void;
}

/** Fields that hold one line of text. */
export type TextFieldName = {
  [Name in keyof ISearchForm]: ISearchForm[Name] extends string ? Name : never;
}[keyof ISearchForm];

/** What is wrong at a place, in one sentence; undefined where nothing is. */
export function problemOf(binding: IFormBinding, place: FormPlace): string | undefined {
  return binding.problems.find(problem => problem.field === place)?.message;
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
  { form, onChange }: IFormBinding,
  { column }: IFormField,
  criterion: Criterion
): void {
  onChange({ columns: { ...form.columns, [columnKey(column)]: criterion } });
}
