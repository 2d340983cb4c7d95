import type { TranslationBundle } from '@jupyterlab/translation';

import { secondsLeft, shareOf } from '../../model/downloads/groups.js';
import type { IDownload, IDownloadTotals } from '../../model/downloads/types.js';
import { formatCount, formatSize } from '../shared/format.js';

/** How a file stands, in a word or two. */
export function stateWords(
  item: IDownload,
  now: number,
  trans: TranslationBundle
): string {
  switch (item.state) {
    case 'held':
      return trans.__('Not started');
    case 'waiting':
      return trans.__('Waiting');
    case 'running':
      return trans.__('Downloading');
    case 'retrying':
      return retryWords(item, now, trans);
    case 'paused':
      return trans.__('Paused');
    case 'sign-in':
      return trans.__('Waits for a sign-in');
    case 'failed':
      return failureWords(item, trans);
    case 'done':
      return endWords(item, trans);
  }
}

function retryWords(
  { retryAt }: IDownload,
  now: number,
  trans: TranslationBundle
): string {
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000);
  return seconds > 0
    ? trans.__('Trying again in %1', formatLeft(seconds))
    : trans.__('Trying again');
}

function failureWords({ kind }: IDownload, trans: TranslationBundle): string {
  switch (kind) {
    case 'embargoed':
      return trans.__('Proprietary');
    case 'forbidden':
      return trans.__('No permission');
    case 'not-found':
      return trans.__('Not found');
    case 'bad-answer':
      return trans.__('Not the file');
    case 'refused-address':
      return trans.__('Address refused');
    default:
      return trans.__('Failed');
  }
}

function endWords({ end }: IDownload, trans: TranslationBundle): string {
  switch (end) {
    case 'checked':
      return trans.__('Checked');
    case 'here':
      return trans.__('Already here');
    default:
      return trans.__('Saved, no checksum given');
  }
}

/** The line below a file's name: how much there is, how fast it comes, what went wrong. */
export function lineOf(item: IDownload, now: number, trans: TranslationBundle): string {
  const { state, message, received, total, rate } = item;
  if (state === 'done') {
    return `${stateWords(item, now, trans)}, ${formatSize(received)}`;
  }
  if (state === 'running') {
    return [
      amountWords(received, total, trans),
      ...rateWords(rate, trans),
      ...leftWords(secondsLeft(item), trans)
    ].join(', ');
  }
  const words = stateWords(item, now, trans);
  if (state === 'retrying' && message !== '') {
    return `${message} ${words}.`;
  }
  const size = total === null ? trans.__('size not given') : formatSize(total);
  const told = received > 0 ? amountWords(received, total, trans) : size;
  return message || `${words}, ${told}`;
}

/** Accessible name of a file: its name, how it stands, and how much of it there is. */
export function nameOf(item: IDownload, now: number, trans: TranslationBundle): string {
  const percent = percentOf(item);
  const words = [item.name, stateWords(item, now, trans)];
  return [
    ...words,
    ...(percent === null ? [] : [trans.__('%1 percent', percent)])
  ].join(', ');
}

/** Whole percent of a file that are here; null where its size is unknown. */
export function percentOf(item: IDownload): number | null {
  const share = shareOf(item);
  // 100 is for what is whole.
  return share === null ? null : Math.floor(share * 100);
}

/** `14 of 60 files`. */
export function filesWords(
  { done, files }: Pick<IDownloadTotals, 'done' | 'files'>,
  trans: TranslationBundle
): string {
  return trans._n(
    '%2 of %3 file',
    '%2 of %3 files',
    files,
    formatCount(done),
    formatCount(files)
  );
}

/** `0.82 of 3.52 GB`; `0.82 GB` where the whole is unknown. */
export function amountWords(
  received: number,
  total: number | null,
  trans: TranslationBundle
): string {
  if (total === null || total <= 0) {
    return formatSize(received);
  }
  const [whole, unit] = formatSize(total).split(' ');
  const size = total / Number(whole);
  const [digits, fraction = ''] = whole.split('.');
  // `1.02 of 4 MB`: what moves has three digits, also where the whole is even.
  const decimals = unit === 'byte' ? 0 : Math.max(fraction.length, 3 - digits.length);
  const part = Math.min(received / size, Number(whole)).toFixed(decimals);
  return trans.__('%1 of %2', part, `${whole} ${unit}`);
}

/** `38.2 MB/s`; nothing while it is unknown. */
export function rateWords(rate: number | null, trans: TranslationBundle): string[] {
  return rate === null ? [] : [trans.__('%1/s', formatSize(rate))];
}

/** `38 MB/s`, for where there is little room; nothing while it is unknown. */
export function shortRate(rate: number | null, trans: TranslationBundle): string[] {
  return rateWords(rate === null ? null : Number(rate.toPrecision(2)), trans);
}

/** `1 min 11 s left`; nothing while it is unknown. */
export function leftWords(seconds: number | null, trans: TranslationBundle): string[] {
  return seconds === null ? [] : [trans.__('%1 left', formatLeft(seconds))];
}

/** A time left, rounded up: `11 s`, `1 min 11 s`, `2 h 5 min`. */
export function formatLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) {
    return `${formatCount(hours)} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** `412 GB free in data/eso`. */
export function freeWords(
  { free, folder }: Pick<IDownloadTotals, 'free' | 'folder'>,
  trans: TranslationBundle
): string {
  return trans.__('%1 free in %2', formatSize(free), folderWords(folder, trans));
}

/** A folder as it is told; Jupyter's own has no name. */
export function folderWords(folder: string, trans: TranslationBundle): string {
  return folder === '' ? trans.__('the folder Jupyter started in') : folder;
}

/** `3.5 GB are wanted, 2.1 GB are free in data/eso.` */
export function fullWords(
  wanted: number,
  free: number,
  folder: string,
  trans: TranslationBundle
): string {
  return trans.__(
    '%1 are wanted, %2 are free in %3.',
    formatSize(wanted),
    formatSize(free),
    folderWords(folder, trans)
  );
}
