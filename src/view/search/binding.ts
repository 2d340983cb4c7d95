import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  Criterion,
  FormPlace,
  IFormProblem,
  ISearchForm
} from '../../protocol/form.js';

/** What every field of the form needs: the values, what is wrong, and where to report. */
export interface IFormBinding {
  readonly form: ISearchForm;
  readonly problems: readonly IFormProblem[];
  readonly trans: TranslationBundle;
  /** The user changed some fields. */
  onChange(fields: Partial<ISearchForm>): void;
  /** The focus left a field. */
  onLeave(field: FormPlace): void;
}

/** Fields that hold one line of text. */
export type TextFieldName = {
  [Name in keyof ISearchForm]: ISearchForm[Name] extends string ? Name : never;
}[keyof ISearchForm];

/** What is wrong with a field, in one sentence; undefined where nothing is. */
export function problemOf(binding: IFormBinding, field: FormPlace): string | undefined {
  return binding.problems.find(problem => problem.field === field)?.message;
}

/** What is asked of a column; undefined where nothing is. */
export function criterionOf(
  { form }: IFormBinding,
  column: string
): Criterion | undefined {
  return form.columns[column];
}

/** Ask something of a column. */
export function changeColumn(
  { form, onChange }: IFormBinding,
  column: string,
  criterion: Criterion
): void {
  onChange({ columns: { ...form.columns, [column]: criterion } });
}
