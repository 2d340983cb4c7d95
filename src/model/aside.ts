import type { IArchive, ISearchTable } from '../archives/archive.js';
import { type Criterion, fieldOf, type IFormProfile } from '../protocol/form.js';

type Criteria = Readonly<Record<string, Criterion>>;

/** A table, and what its form offers. */
export interface IFormOfTable {
  /** Tells the tables of all archives apart; see {@link tableKey}. */
  readonly key: string;
  readonly profile: IFormProfile;
}

/**
 * Criteria of columns that only some tables have. What is not in sight is not asked, so
 * they are laid aside where another table is chosen, and come back with their own.
 */
export class CriteriaAside {
  /** The criteria for another table, by those of the table before; null where none was. */
  move(criteria: Criteria, from: IFormOfTable | null, to: IFormOfTable): Criteria {
    if (from === null || from.key === to.key) {
      return criteria;
    }
    this._aside.set(from.key, criteria);
    const back = pick(
      this._aside.get(to.key) ?? {},
      column => !fieldOf(from.profile, column)
    );
    return { ...back, ...pick(criteria, column => !!fieldOf(to.profile, column)) };
  }

  private readonly _aside = new Map<string, Criteria>();
}

function pick(criteria: Criteria, isWanted: (column: string) => boolean): Criteria {
  return Object.fromEntries(
    Object.entries(criteria).filter(([column]) => isWanted(column))
  );
}

/** Tells the tables of all archives apart. */
export function tableKey(archive: IArchive, { service, name }: ISearchTable): string {
  return JSON.stringify([archive.definition.id, service, name]);
}
