import type { IArchive } from '../../archives/archive.js';
import { dataFacts } from '../../model/cutout/facts.js';
import { CutoutSession } from '../../model/cutout/session.js';
import type { IRowTarget, QuickLookTarget } from '../../model/quicklook/types.js';
import { CutoutPanel } from '../../view/cutout/panel.js';
import type { ICutoutFactory, ICutoutPart } from '../../view/quicklook/types.js';
import { actionsOf, meansOf, type ICutoutParts } from './cutoutmeans.js';

/** Makes the forms of cutouts, and of other services, for the Quick look tabs. */
export class CutoutFactory implements ICutoutFactory {
  constructor(private readonly _parts: ICutoutParts) {}

  reason(target: QuickLookTarget): string | null {
    const { trans } = this._parts;
    const row = rowOf(target);
    if (!row || !this._archiveOf(row)) {
      return trans.__('It is not known which archive this file is from.');
    }
    const { source } = row;
    return source === null || source.kind === 'file'
      ? trans.__('This row leads to no links, which would tell what can be cut out.')
      : null;
  }

  create(target: QuickLookTarget): ICutoutPart {
    const row = rowOf(target);
    const archive = row && this._archiveOf(row);
    const means = archive && meansOf(this._parts, archive);
    if (!row || !archive || !means) {
      throw new Error('Nothing can be cut out of this target.');
    }
    const session = new CutoutSession(subjectOf(row), means);
    const form = new CutoutPanel({
      session,
      archive: archive.definition.name,
      hasFootprint: target.kind === 'row',
      actions: actionsOf(this._parts, archive, path => this._parts.openFile(path, row)),
      trans: this._parts.trans
    });
    if (row.circle) {
      const [ra, dec, radius] = row.circle;
      session.setShape({ kind: 'circle', at: { ra, dec }, radius });
    }
    // Whoever makes the form has pressed “Cut out”.
    void session.load();
    return {
      shape: session,
      form,
      get isDisposed() {
        return form.isDisposed;
      },
      dispose: () => form.dispose()
    };
  }

  private _archiveOf({ archive }: IRowTarget): IArchive | null {
    const found = this._parts.archives.get(archive);
    return found?.links ? found : null;
  }
}

/** The row that a file came from is what can be cut out. */
function rowOf(target: QuickLookTarget): IRowTarget | null {
  return target.kind === 'row' ? target : (target.origin ?? null);
}

function subjectOf({
  title,
  source,
  sky,
  service,
  id
}: IRowTarget): CutoutSession['subject'] {
  return {
    id: source?.id ?? id,
    title,
    source,
    facts: dataFacts(sky),
    ...(service !== undefined && { service })
  };
}
