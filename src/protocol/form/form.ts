import { ProtocolError } from '../errors.js';
import { explainPosition, parsePosition } from '../position.js';

import { isOutline } from './outline.js';
import type { FormPlace, IFormProblem, ISearchForm } from './types.js';

/** A form nobody has typed into: the first 1,000 rows of the table. */
export const EMPTY_FORM: ISearchForm = {
  position: '',
  radius: '0.5',
  radiusUnit: 'deg',
  polygon: '',
  targets: [],
  from: '',
  until: '',
  wavelengthFrom: '',
  wavelengthTo: '',
  spectralUnit: 'nm',
  columns: {},
  orderBy: '',
  descending: false,
  rowLimit: 1000
};

/** The form cannot become a query. `message` is that of the first problem. */
export class FormError extends ProtocolError {
  /** @param problems - at least one, in the order of the form */
  constructor(readonly problems: readonly IFormProblem[]) {
    super('rejected', problems[0].message);
    this.name = 'FormError';
  }

  /** The fields that have problems, in the order of the form. */
  get fields(): readonly FormPlace[] {
    return this.problems.map(problem => problem.field);
  }
}

/**
 * The name in a form's position, for a resolver: null where there is none, or where the
 * text has the form of a position or an outline.
 */
export function targetName(form: ISearchForm): string | null {
  const text = form.position.trim();
  const isPosition = parsePosition(text) !== null || explainPosition(text) !== null;
  return text === '' || isPosition || isOutline(text) ? null : text;
}
