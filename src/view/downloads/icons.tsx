import { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IDownload } from '../../model/downloads/types.js';
import { OutlineIcon } from '../shared/outlineicon.js';

/** What a file of the queue looks like. */
export type DownloadIcon =
  'running' | 'waiting' | 'paused' | 'failed' | 'locked' | 'signin' | 'done' | 'here';

/** Outlines, 16 x 16. */
const SHAPES: Record<DownloadIcon, string> = {
  running: 'M8 2a6 6 0 1 1-5.6 3.8',
  waiting: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6',
  paused: 'M5.6 3v10M10.4 3v10',
  failed: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v3.8M8 11v.1',
  locked: 'M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2M3.4 7h9.2v7H3.4z',
  signin: 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.2M8 11.4v.1',
  done: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6zM5 8.2l2.2 2.2L11.2 6',
  here: 'M1.8 3h12.4v8.2H1.8zM5.4 14h5.2M5.4 7l1.9 1.9L10.8 5'
};

/** The icon of a file's state; decoration, the words beside it say the same. */
export function DownloadStateIcon({
  icon
}: {
  readonly icon: DownloadIcon;
}): JSX.Element {
  return (
    <OutlineIcon
      outline={SHAPES[icon]}
      name={icon}
      className="jp-Obsdeck-Downloads-icon"
      isBold={icon === 'paused'}
    />
  );
}

/** What a file looks like. */
export function iconOf({ state, kind, end }: IDownload): DownloadIcon {
  switch (state) {
    case 'running':
      return 'running';
    case 'paused':
      return 'paused';
    case 'sign-in':
      return 'signin';
    case 'failed':
      return kind === 'embargoed' || kind === 'forbidden' ? 'locked' : 'failed';
    case 'done':
      return end === 'here' ? 'here' : 'done';
    default:
      return 'waiting';
  }
}

/** Files that are fetched: an arrow onto a tray. */
export const downloadsIcon = labIcon(
  'downloads',
  'M8 1.8v8M4.8 6.8 8 10l3.2-3.2M2.4 10.6v3h11.2v-3'
);

/** Pause: two bars. */
export const pauseIcon = labIcon('pause', 'M5.6 3.4v9.2M10.4 3.4v9.2');

/** Resume: a triangle. */
export const resumeIcon = labIcon('resume', 'M4.8 2.8 12.6 8l-7.8 5.2z');

/** Open as a tab: an arrow out of a frame. */
export const openTabIcon = labIcon(
  'open-downloads',
  'M9.4 2.4h4.2v4.2M13.4 2.6 7.6 8.4M11.6 9.2v4.4H2.4V4.4h4.4'
);

function labIcon(name: string, outline: string): LabIcon {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" fill="none">' +
    '<g class="jp-icon3" stroke="#616161" stroke-width="1.5" stroke-linecap="round" ' +
    `stroke-linejoin="round"><path d="${outline}"/></g></svg>`;
  return new LabIcon({ name: `obsdeck:${name}`, svgstr: svg });
}
