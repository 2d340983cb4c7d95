import type { IArchive, IDiscovery, ISearchTable } from '../../archives/archive.js';
import type { IServiceAnswer, IServiceCall } from '../../archives/links.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { IAskOptions } from '../../protocol/transport.js';
import type { VOTableEvent } from '../../protocol/votable/types.js';
import type { IObsSelection } from '../../tokens.js';
import { readVOTable } from '../engine.js';

/**
 * Show the table that a described service answered in a Results tab. “Run” there asks the
 * service again.
 *
 * @throws ProtocolError `rejected` where the archive's rows cannot be shown
 */
export async function showTable(
  selection: Pick<IObsSelection, 'open'>,
  archive: IArchive,
  call: IServiceCall,
  first: IServiceAnswer,
  title: string
): Promise<void> {
  const { discover } = archive;
  if (discover === undefined) {
    await first.body.cancel();
    throw new ProtocolError('rejected', 'The table of this service cannot be shown.');
  }
  const table: ISearchTable = { name: title, title, service: call.url };
  let waiting: IServiceAnswer | null = first;
  const run: IDiscovery['run'] = async function* (_table, _query, signal, how) {
    const answer = waiting ?? (await ask(archive, call, signal, how));
    waiting = null;
    yield* readVOTable(answer.body, signal) satisfies AsyncIterable<VOTableEvent>;
  };
  const shown: IArchive = {
    ...archive,
    discover: Object.create(discover, { run: { value: run } }) as IDiscovery
  };
  const query = { adql: '', maxrec: discover.defaultRowLimit };
  await selection.open({ archive: shown, table, query, subject: title });
}

function ask(
  { links }: IArchive,
  call: IServiceCall,
  signal: AbortSignal,
  how?: IAskOptions
): Promise<IServiceAnswer> {
  if (links === undefined) {
    throw new ProtocolError('rejected', 'The service cannot be asked again.');
  }
  return links.run(call, signal, how);
}
