import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { RemoteModel } from '../../model/quicklook/remote.js';
import { formatSize } from '../shared/format.js';
import { Problem, Waiting } from './notices.js';

/** Properties of {@link RemoteView}. */
export interface IRemoteViewProps {
  readonly remote: RemoteModel;
  readonly trans: TranslationBundle;
  /** The file is there. */
  onFile(path: string): void;
}

/** What can be seen of a file that is not on disk: its preview, and a way to get it. */
export function RemoteView({ remote, trans, onFile }: IRemoteViewProps): JSX.Element {
  const { preview, file, target } = remote;
  const download = (): void =>
    void remote.download().then(path => path !== null && onFile(path));
  return (
    <>
      <Waiting
        since={preview.since}
        words={trans.__('Reading the preview of %1 …', target.title)}
        trans={trans}
        onCancel={() => preview.stop()}
      />
      <Problem error={preview.error} trans={trans} onAgain={() => remote.read()} />
      <Waiting
        since={file.since}
        share={remote.share}
        words={trans.__('%1 saved', formatSize(remote.received))}
        trans={trans}
        onCancel={() => file.stop()}
      />
      <Problem error={file.error} trans={trans} onAgain={download} />
      <div className="jp-Obsdeck-QuickLook-remote">
        {preview.value ? (
          <Preview blob={preview.value.blob} title={target.title} trans={trans} />
        ) : (
          <p role="status">{whyNoPicture(remote, trans)}</p>
        )}
        <div className="jp-Obsdeck-QuickLook-actions">
          {remote.hasPreview && !preview.value && !preview.since && (
            <button
              type="button"
              className="jp-Obsdeck-Results-button"
              onClick={() => remote.read()}
            >
              {trans.__('Show preview')}
            </button>
          )}
          {remote.canDownload && (
            <DownloadButton remote={remote} trans={trans} onPress={download} />
          )}
        </div>
      </div>
    </>
  );
}

function DownloadButton(props: {
  readonly remote: RemoteModel;
  readonly trans: TranslationBundle;
  onPress(): void;
}): JSX.Element {
  const { remote, trans, onPress } = props;
  const size = remote.target.file?.size ?? null;
  return (
    <button
      type="button"
      className="jp-Obsdeck-QuickLook-primary"
      disabled={remote.file.isAsking}
      onClick={onPress}
    >
      {size === null ? trans.__('Download') : trans.__('Download %1', formatSize(size))}
    </button>
  );
}

/** The picture that the archive has of it; its address ends with the view. */
function Preview(props: {
  readonly blob: Blob;
  readonly title: string;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { blob, title, trans } = props;
  const image = React.useRef<HTMLImageElement>(null);
  React.useEffect(() => {
    const url = URL.createObjectURL(blob);
    image.current?.setAttribute('src', url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <img ref={image} alt={trans.__('%1, preview', title)} />;
}

function whyNoPicture(remote: RemoteModel, trans: TranslationBundle): string {
  const { file } = remote.target;
  if (remote.hasPreview) {
    return trans.__('Not read yet.');
  }
  return file
    ? trans.__('This file is not on disk yet.')
    : trans.__('The row names no file and no preview; its links may.');
}
