import type { FormPlace, IFormProblem } from '../protocol/form.js';
import { nameProblem, type Resolution } from './resolving.js';

/**
 * Which problems of a form are shown: a field that is still being typed in for the first
 * time is not called wrong.
 */
export class ShownProblems {
  /** The user is done with a field; false where that was known. */
  leave(field: FormPlace): boolean {
    const isNew = !this._left.has(field);
    this._left.add(field);
    return isNew;
  }

  /** The user wants the query: all problems count from now on. */
  submit(): void {
    this._isSubmitted = true;
  }

  /**
   * The problems to be shown.
   *
   * @param problems - all there are
   * @param name - what is known of the target's name; undefined where it is none that can
   * be looked up, null where nobody was asked
   */
  of(
    problems: readonly IFormProblem[],
    name: Resolution | null | undefined
  ): readonly IFormProblem[] {
    const ofName = name ? nameProblem(name) : null;
    const others = problems.filter(
      ({ field }) =>
        !(name !== undefined && field === 'position') &&
        (this._isSubmitted || this._left.has(field))
    );
    return ofName ? [ofName, ...others] : others;
  }

  private readonly _left = new Set<FormPlace>();
  private _isSubmitted = false;
}
