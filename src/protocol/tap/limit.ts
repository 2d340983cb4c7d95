import type { VOTableEvent } from '../votable/types.js';

const TOO_MANY =
  'The service sent more rows than were asked for; the rest was left out.';

/**
 * An answer cut at MAXREC: a service that ignores it must not fill the memory. What is cut
 * ends as an OVERFLOW, and the source is told to stop.
 *
 * @param events - the answer as it arrives
 * @param maxrec - rows that were asked for, of each table
 */
export async function* atMost(
  events: AsyncIterable<VOTableEvent>,
  maxrec: number
): AsyncGenerator<VOTableEvent> {
  for await (const event of events) {
    if (event.type !== 'batch' || event.rows <= maxrec) {
      yield event;
      continue;
    }
    const kept = event.batch.numRows - (event.rows - maxrec);
    if (kept > 0) {
      yield { ...event, batch: event.batch.slice(0, kept), rows: maxrec };
    }
    yield {
      type: 'end',
      status: 'OVERFLOW',
      message: TOO_MANY,
      infos: [],
      resources: [],
      warnings: [],
      bytes: event.bytes
    };
    return;
  }
}
