import * as React from 'react';

import type { FormPlace } from '../../protocol/form.js';
import { type IFormBinding, problemOf, valueAt } from './binding.js';

/** Properties of a part of the form. */
interface IPartProps {
  readonly bind: IFormBinding;
}

/**
 * A part of the form that is rendered anew only when something changes that it shows: one
 * of its own properties or, of the form, a value or a problem at one of its places.
 *
 * @param placesOf - all places of the form that the part shows
 */
export function formPart<Props extends IPartProps>(
  Part: React.FunctionComponent<Props>,
  placesOf: (props: Props) => readonly FormPlace[]
): React.NamedExoticComponent<Props> {
  return React.memo(
    Part,
    ({ bind: before, ...props }, after) =>
      isSame(props, { ...after, bind: undefined }) &&
      isSameForm(before, after.bind, placesOf(after))
  );
}

/** True where each property is the very same. */
function isSame(before: object, after: object): boolean {
  const known = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).every(([name, value]) => known.get(name) === value);
}

function isSameForm(
  { form: formBefore, problems: problemsBefore, ...before }: IFormBinding,
  { form, problems, ...after }: IFormBinding,
  places: readonly FormPlace[]
): boolean {
  return (
    isSame(before, after) &&
    places.every(
      place =>
        valueAt(formBefore, place) === valueAt(form, place) &&
        problemOf({ problems: problemsBefore }, place) ===
          problemOf({ problems }, place)
    )
  );
}
