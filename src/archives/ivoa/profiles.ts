import { PLAIN_PROFILE, type IFormProfile } from '../../protocol/form.js';
import { OBSCORE_PROFILE } from '../../protocol/obscore.js';

/** What the form of a table offers, by what is known of it beforehand. */
export function profileOf(table: string): IFormProfile {
  return isObsCore(table) ? OBSCORE_PROFILE : PLAIN_PROFILE;
}

/** True for the names that services give to ObsCore: in any case, with any schema. */
export function isObsCore(table: string): boolean {
  return /(^|\.)"?obscore"?$/i.test(table);
}
