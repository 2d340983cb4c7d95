import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IQuickLookClient } from '../../model/quicklook/client.js';
import { FIRST_LOOK } from '../../model/quicklook/look.js';
import type { IGreyPicture } from '../../model/quicklook/parts.js';
import type { PictureDecoder } from '../../model/quicklook/picture.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import { coloured } from './painter.js';

/** A picture among others. */
export interface IGridPicture {
  /** File on the Jupyter server. */
  readonly path: string;
  /** Below it: the band, the epoch … */
  readonly label: string;
}

/** What a {@link PictureGrid} is made of. */
export interface IPictureGridOptions {
  readonly pictures: readonly IGridPicture[];
  readonly client: IQuickLookClient;
  readonly decode: PictureDecoder;
  readonly trans: TranslationBundle;
  /** Look at one of them. */
  open(path: string): void;
}

/** Px a side of a picture as it is asked for. */
const SIDE = 256;
/** Files that are read at the same time. */
const AT_ONCE = 2;

/** Small pictures of several files beside each other; each opens its own tab. */
export class PictureGrid extends ReactWidget {
  constructor(private readonly _options: IPictureGridOptions) {
    super();
    this.addClass('jp-Obsdeck-PictureGrid-frame');
    this._waiting = [..._options.pictures];
    for (let index = 0; index < AT_ONCE; index++) {
      void this._readNext();
    }
  }

  override dispose(): void {
    this._waiting = [];
    this._stop.abort();
    super.dispose();
  }

  protected override render(): JSX.Element {
    const { pictures, trans, open } = this._options;
    return (
      <ul className="jp-Obsdeck-PictureGrid" aria-label={trans.__('Pictures')}>
        {pictures.map(({ path, label }) => (
          <li key={path}>
            <button type="button" title={path} onClick={() => open(path)}>
              <SmallPicture picture={this._read.get(path)} trans={trans} />
              <span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    );
  }

  private async _readNext(): Promise<void> {
    const next = this._waiting.shift();
    if (next) {
      const picture = await this._picture(next.path).catch(asProtocolError);
      if (!this.isDisposed) {
        this._read.set(next.path, picture);
        this.update();
        await this._readNext();
      }
    }
  }

  /** @throws ProtocolError where there is no picture in the file */
  private async _picture(path: string): Promise<IGreyPicture> {
    const { client, decode } = this._options;
    const { signal } = this._stop;
    const { hdus, best } = await client.info(path, signal);
    const hdu = hdus.find(({ index }) => index === best);
    if (!hdu?.image) {
      throw new ProtocolError('not-found', 'This file has no image.');
    }
    const { width, height } = hdu.image;
    const { stretch, interval, limits } = FIRST_LOOK;
    const request = {
      hdu: hdu.index,
      plane: 0,
      region: { x: 0, y: 0, width, height },
      size: { width: SIDE, height: SIDE },
      stretch,
      interval,
      limits
    };
    return decode((await client.picture(path, request, signal)).png);
  }

  private readonly _read = new Map<string, IGreyPicture | ProtocolError>();
  private readonly _stop = new AbortController();
  private _waiting: IGridPicture[];
}

/** The picture once it has come, or why it did not. */
function SmallPicture(props: {
  readonly picture: IGreyPicture | ProtocolError | undefined;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { picture, trans } = props;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const grey = picture instanceof ProtocolError ? undefined : picture;
  React.useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (grey && context) {
      context.drawImage(coloured(grey, FIRST_LOOK.map, FIRST_LOOK.inverted), 0, 0);
    }
  }, [grey]);
  if (picture instanceof ProtocolError) {
    return <small role="status">{picture.message}</small>;
  }
  return grey ? (
    <canvas ref={canvas} width={grey.width} height={grey.height} aria-hidden="true" />
  ) : (
    <small>{trans.__('Reading …')}</small>
  );
}
