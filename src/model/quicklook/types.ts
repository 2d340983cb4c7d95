import type { LinkSource } from '../../archives/links.js';

/** What a Quick look tab shows: a file on the Jupyter server, or what is not there yet. */
export type QuickLookTarget = IFileTarget | IRowTarget;

/** A file of the Jupyter server. */
export interface IFileTarget {
  readonly kind: 'file';
  /** Below Jupyter's root folder, parted by slashes. */
  readonly path: string;
  /** The row or link that it came from; what can be cut out of it is known from there. */
  readonly origin?: IRowTarget;
}

/** A row of a result, or a link, of which nothing is on disk yet. */
export interface IRowTarget {
  readonly kind: 'row';
  /** Id of the archive. */
  readonly archive: string;
  /** What the archive knows it by: `obs_publisher_did`, `dp_id` … */
  readonly id: string;
  /** Short name, as in the title of the tab. */
  readonly title: string;
  /** What leads to its links; null where nothing does. */
  readonly source: LinkSource | null;
  /** The FITS file itself; null where it is not known. */
  readonly file: IRemoteFile | null;
  /** Address of a picture of it; null where there is none. */
  readonly preview: string | null;
  readonly sky: ISkyFacts;
  /** `service_def` of the service whose form is wanted; the first cutout service unless told. */
  readonly service?: string;
  /** A circle that is proposed for a cutout: right ascension, declination, radius, degrees. */
  readonly circle?: readonly [ra: number, dec: number, radius: number];
}

/** A file at an archive. */
export interface IRemoteFile {
  /** Absolute; sent byte for byte, as signed addresses break otherwise. */
  readonly url: string;
  /** Bytes; null when unknown. */
  readonly size: number | null;
  readonly contentType: string | null;
  /** `semantics` of its link; null where the row itself names the file. */
  readonly semantics: string | null;
}

/** Where on the sky a row says that it is, degrees ICRS (ObsCore 1.1 §3.3.2). */
export interface ISkyFacts {
  /** `s_region` as written. */
  readonly region: string | null;
  /** `s_ra`, `s_dec`: the centre. */
  readonly ra: number | null;
  readonly dec: number | null;
  /** `s_fov`: diameter. */
  readonly fov: number | null;
  /** `s_pixel_scale`, arcsec. */
  readonly pixelScale?: number | null;
  /** `s_xel1`, `s_xel2`. */
  readonly pixels?: readonly [width: number, height: number] | null;
  /** `access_estsize`, bytes. */
  readonly bytes?: number | null;
}
