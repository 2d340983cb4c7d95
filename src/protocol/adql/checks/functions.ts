import { geometryFunctions } from '../../vosi.js';
import { functionsOf, GEOMETRY_NAMES } from '../functions.js';
import { nearestName } from '../nearest.js';
import type { IOutline } from '../outline.js';
import { isReserved } from '../reserved.js';
import { type ICheckContext, type IFinding, replace } from './types.js';

/** Functions that this service lacks, or does not list. */
export function* checkFunctions(
  outline: IOutline,
  { capability }: ICheckContext
): Generator<IFinding> {
  if (capability === null) {
    return;
  }
  const geometry = geometryFunctions(capability);
  const known = functionsOf(capability).map(({ name }) => name);
  const listed = new Set(known.map(name => name.toUpperCase()));
  for (const { name: written, from, to } of outline.calls) {
    const name = written.toUpperCase();
    if (GEOMETRY_NAMES.has(name)) {
      // A service that lists no geometry at all says nothing about it.
      if (geometry.size > 0 && !geometry.has(name)) {
        yield { from, to, severity: 'error', message: `This service has no ${name}.` };
      }
    } else if (!listed.has(name) && !isReserved(name)) {
      const near = nearestName(written, known);
      const more = near ? ` The nearest name is ${near}.` : '';
      yield {
        from,
        to,
        severity: 'warning',
        message: `This service lists no function \u2018${written}\u2019.${more}`,
        ...(near && { fix: replace({ from, to }, near) })
      };
    }
  }
}
