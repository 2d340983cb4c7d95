import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { countableBy, type WhyNotCounted } from '../../model/countby.js';
import type { IQueryRequest } from '../../model/query.js';
import type { SearchFlow } from '../../model/searchflow.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import type { ISearchCounter } from './resulttabs.js';

/** What counting needs of the search form and the page. */
interface ICounterOptions {
  readonly flow: SearchFlow;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

/** Counts rows of the Results tabs where the search form shows the counts. */
export function searchCounter({
  flow,
  commands,
  trans
}: ICounterOptions): ISearchCounter {
  const reason = (request: IQueryRequest, column: string): string | null => {
    const countable = countableBy(request, column, flow.model);
    return 'why' in countable ? whyWords(trans, request, column, countable) : null;
  };
  const count = async (request: IQueryRequest, column: string): Promise<void> => {
    const [why] = await Promise.all([
      flow.countBy(request, column),
      commands.execute(CommandIDs.showSidebar)
    ]);
    if (why) {
      throw new Error(whyWords(trans, request, column, why));
    }
  };
  return { reason, count: (...asked) => attempt(count(...asked)) };
}

/** Why rows cannot be counted by a column, in one sentence. */
function whyWords(
  trans: TranslationBundle,
  { archive, table }: IQueryRequest,
  column: string,
  not: WhyNotCounted
): string {
  switch (not.why) {
    case 'archive':
      return trans.__('%1 is not in the Search section.', archive.definition.name);
    case 'form':
      return trans.__('The form cannot show this query.');
    case 'column':
      return trans.__('%1 is no column of %2.', column, table.name);
    case 'problem':
      return not.message;
  }
}
