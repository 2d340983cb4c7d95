import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { LinksModel } from '../../model/links/model.js';
import type { LinkThing } from '../../model/links/types.js';
import { isAbort, ProtocolError } from '../../protocol/errors.js';
import type { ILinksDeeds } from './types.js';

/** A picture is asked for once the focus has been on it for so long, ms. */
const REST = 250;

/** Properties of {@link LinkPreview}. */
export interface ILinkPreviewProps {
  readonly model: LinksModel;
  readonly picture: NonNullable<ILinksDeeds['picture']>;
  readonly trans: TranslationBundle;
}

/** The picture of the link with the focus, or else the preview of the only row. */
export function LinkPreview(props: ILinkPreviewProps): JSX.Element | null {
  const { model, trans } = props;
  const id = previewOf(model);
  const shown = usePicture(id, props.picture);
  const thing = id === null ? null : model.thing(id);
  if (!shown || thing?.kind !== 'link') {
    return null;
  }
  return (
    <section className="jp-Obsdeck-Links-preview" aria-label={trans.__('Preview')}>
      {'src' in shown ? (
        <img src={shown.src} alt={trans.__('Preview of %1', thing.name)} />
      ) : (
        <p role="status">
          {trans.__('The preview could not be shown: %1', shown.reason)}
        </p>
      )}
    </section>
  );
}

/** Id of the link whose picture is shown; null for none. */
function previewOf(model: LinksModel): string | null {
  const { focused } = model;
  if (focused !== null && isPicture(model.thing(focused))) {
    return focused;
  }
  return model.subjects.length === 1
    ? model.first(thing => isPicture(thing) && thing.group === 'preview')
    : null;
}

function isPicture(thing: LinkThing | null): thing is LinkThing & { kind: 'link' } {
  return thing?.kind === 'link' && thing.use === 'picture';
}

/** Address within the page, or why there is none. */
type Shown = { readonly src: string } | { readonly reason: string };

/** The picture of a link while it is the one to show; null until it is there. */
function usePicture(
  id: string | null,
  load: ILinkPreviewProps['picture']
): Shown | null {
  const [shown, setShown] = React.useState<Shown | null>(null);
  React.useEffect(() => {
    if (id === null) {
      return;
    }
    const abort = new AbortController();
    let src = '';
    const take = async (): Promise<void> => {
      try {
        const { blob } = await load(id, abort.signal);
        if (!abort.signal.aborted) {
          src = URL.createObjectURL(blob);
          setShown({ src });
        }
      } catch (reason) {
        if (!abort.signal.aborted && !isAbort(reason)) {
          setShown({ reason: reasonOf(reason) });
        }
      }
    };
    const timer = setTimeout(() => void take(), REST);
    return () => {
      clearTimeout(timer);
      abort.abort();
      setShown(null);
      URL.revokeObjectURL(src);
    };
  }, [id, load]);
  return shown;
}

function reasonOf(reason: unknown): string {
  return reason instanceof ProtocolError || reason instanceof Error
    ? reason.message
    : String(reason);
}
