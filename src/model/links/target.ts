import type { ILink } from '../../protocol/datalink/types.js';
import type { IRowTarget } from '../quicklook/types.js';
import type { LinksModel } from './model.js';
import type { IShownLink } from './types.js';

const NOWHERE = { region: null, ra: null, dec: null, fov: null };

/**
 * A link as Quick look and cutouts know it.
 *
 * @param link - with an address that can be used
 */
export function targetOf(
  model: LinksModel,
  id: string,
  { use, name }: Pick<IShownLink, 'use' | 'name'>,
  link: ILink
): IRowTarget {
  const subject = model.subjectOf(id);
  const { serviceDef: service } = link;
  return {
    kind: 'row',
    archive: model.archive.definition.id,
    // Two files of a row are two things to look at; its services are about the row.
    id: use === 'fits' ? `${link.id} ${name}` : link.id,
    title: use === 'fits' ? name : (subject?.name ?? name),
    source: model.sourceOf(id),
    file: fileOf(link),
    preview: previewOf(model, id),
    sky: subject?.sky ?? NOWHERE,
    ...(service !== null && { service })
  };
}

function fileOf(link: ILink): IRowTarget['file'] {
  const { accessUrl: url, contentLength: size, contentType, semantics } = link;
  return url === null ? null : { url, size, contentType, semantics };
}

/** The preview of the same data. */
function previewOf(model: LinksModel, id: string): string | null {
  const beside = new Set(model.linksBeside(id));
  const preview = model.first(
    thing =>
      thing.kind === 'link' &&
      thing.group === 'preview' &&
      thing.use === 'picture' &&
      beside.has(thing.link)
  );
  const thing = preview === null ? null : model.thing(preview);
  return thing?.kind === 'link' ? thing.link.accessUrl : null;
}
