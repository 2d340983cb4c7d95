import type { TranslationBundle } from '@jupyterlab/translation';

import type { IServiceField } from '../../model/cutout/fields.js';
import type { IServiceChoice } from '../../model/cutout/offer.js';
import type { ServiceModel } from '../../model/cutout/service.js';
import type { ShapePlace } from '../../model/cutout/shapetext.js';
import type { ICutoutEstimate } from '../../model/cutout/types.js';
import { formatDegrees } from '../../protocol/position.js';
import { isSodaJob } from '../../protocol/soda/index.js';
import { formatSpectral } from '../../protocol/spectral.js';
import { mjdToIso } from '../../protocol/time.js';
import { formatAngularSize, formatCount, formatSize } from '../shared/format.js';

/** Name of a field of a shape. */
export function placeName(trans: TranslationBundle, place: ShapePlace): string {
  const names: Readonly<Record<ShapePlace, string>> = {
    ra: trans.__('Right ascension'),
    dec: trans.__('Declination'),
    radius: trans.__('Radius'),
    corners: trans.__('Corners'),
    raFrom: trans.__('Right ascension from'),
    raTo: trans.__('Right ascension to'),
    decFrom: trans.__('Declination from'),
    decTo: trans.__('Declination to')
  };
  return names[place];
}

/** What the button says: what the service does. */
export function runWords(trans: TranslationBundle, model: ServiceModel): string {
  const { description } = model.service;
  if (model.isCutout) {
    return trans.__('Cut out');
  }
  // What a sentence or more says is help, and not the name of a button.
  return description && description.length <= 40
    ? description
    : trans.__('Run service');
}

/** A service among others. */
export function choiceWords(trans: TranslationBundle, choice: IServiceChoice): string {
  const { link, service } = choice;
  const words = link.description ?? service.description ?? service.name ?? choice.key;
  return isSodaJob(service) ? trans.__('%1, as a job', words) : words;
}

/** “About 573 × 573 pixels, 3.9 MB”; empty where neither is known. */
export function estimateWords(
  trans: TranslationBundle,
  { pixels, bytes }: ICutoutEstimate
): string {
  const size = bytes === null ? null : formatSize(bytes);
  if (pixels === null) {
    return size === null ? '' : trans.__('About %1', size);
  }
  const [width, height] = pixels.map(formatCount);
  return size === null
    ? trans.__('About %1 \u00d7 %2 pixels', width, height)
    : trans.__('About %1 \u00d7 %2 pixels, %3', width, height, size);
}

/** “0.2 arcsec per pixel”; empty where it is not known. */
export function scaleWords(
  trans: TranslationBundle,
  { pixelScale }: ICutoutEstimate
): string {
  return pixelScale === null
    ? ''
    : trans.__('%1 per pixel', formatAngularSize(pixelScale));
}

/** “RA 55.60–55.90 deg”: the limits of a field; empty where none are known. */
export function rangeWords(trans: TranslationBundle, field: IServiceField): string {
  const [low, high] = field.range;
  const limit = (value: number): string => limitWords(field, value);
  const unit = field.kind === 'band' || field.kind === 'time' ? '' : ` ${field.unit}`;
  if (Number.isFinite(low) && Number.isFinite(high)) {
    return `${field.name} ${limit(low)}\u2013${limit(high)}${unit}`.trim();
  }
  if (Number.isFinite(low)) {
    return trans.__('%1 from %2', field.name, `${limit(low)}${unit}`.trim());
  }
  return Number.isFinite(high)
    ? trans.__('%1 to %2', field.name, `${limit(high)}${unit}`.trim())
    : '';
}

function limitWords({ kind }: IServiceField, value: number): string {
  if (kind === 'band') {
    return formatSpectral(value);
  }
  if (kind === 'time') {
    return mjdToIso(value);
  }
  const text = String(Number(value.toPrecision(7)));
  return text.replace(/^-/, '\u2212');
}

/** Limits on the sky: “RA 55.60–55.90 deg”. */
export function spanWords(
  name: string,
  [low, high]: readonly [number, number]
): string {
  const size = Math.abs(high - low);
  const decimals = Math.min(5, Math.max(2, Math.ceil(-Math.log10(size / 10))));
  return `${name} ${formatDegrees(low, decimals)} to ${formatDegrees(high, decimals)} deg`;
}
