import type { TranslationBundle } from '@jupyterlab/translation';

import type { FormField, IFormProblem, IObsCoreForm } from '../../protocol/obscore.js';

/** What every field of the form needs: the values, what is wrong, and where to report. */
export interface IFormBinding {
  readonly form: IObsCoreForm;
  readonly problems: readonly IFormProblem[];
  readonly trans: TranslationBundle;
  /** The user changed some fields. */
  onChange(fields: Partial<IObsCoreForm>): void;
  /** The focus left a field. */
  onLeave(field: FormField): void;
}

/** Fields that hold one line of text. */
export type TextFieldName = {
  [Name in FormField]: IObsCoreForm[Name] extends string ? Name : never;
}[FormField];

/** What is wrong with a field, in one sentence; undefined where nothing is. */
export function problemOf(binding: IFormBinding, field: FormField): string | undefined {
  return binding.problems.find(problem => problem.field === field)?.message;
}
