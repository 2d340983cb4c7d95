import type { TranslationBundle } from '@jupyterlab/translation';

import type { LinksModel } from '../../model/links/model.js';
import type { IShownLink } from '../../model/links/types.js';
import { linkCell, serviceCell } from '../../protocol/cells/index.js';
import { appendQuery } from '../../protocol/datalink/request.js';

/** So many links are written into cells at once. */
const MOST_CELLS = 20;

/**
 * Python for links, one cell each; signed addresses never get there.
 *
 * @param ids - of rows of the tree
 * @throws Error with what to do, where they are too many or nothing leads to them
 */
export function linkCells(
  model: LinksModel,
  ids: readonly string[],
  trans: TranslationBundle,
  now: number
): string[] {
  if (ids.length > MOST_CELLS) {
    throw new Error(
      trans.__('A notebook takes %1 links at once. Tick fewer files.', MOST_CELLS)
    );
  }
  return ids.flatMap(id => {
    const thing = model.thing(id);
    return thing?.kind === 'link' ? [cellOf(model, id, thing, trans, now)] : [];
  });
}

function cellOf(
  model: LinksModel,
  id: string,
  { link, service }: IShownLink,
  trans: TranslationBundle,
  now: number
): string {
  const { name, id: archive } = model.archive.definition;
  const source = model.sourceOf(id);
  if (!source || source.kind === 'file') {
    throw new Error(
      trans.__('The row itself names this file. Insert the query of the row instead.')
    );
  }
  const cell = {
    archiveName: name,
    date: new Date(now).toISOString().slice(0, 10),
    ...(model.reading.as === 'me' && { asMe: archive }),
    linksUrl:
      source.kind === 'service'
        ? appendQuery(source.url, [['ID', source.id]])
        : source.url,
    link,
    among: model.linksBeside(id)
  };
  return service ? serviceCell({ ...cell, service, given: {} }) : linkCell(cell);
}
