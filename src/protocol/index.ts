/** Protocols and formats of the IVOA, for pages and for plain Node. */
export * from './adql/index.js';
export {
  adqlCell,
  astroqueryCell,
  curlCell,
  pyvoCell,
  type IAstroquery,
  type ICellPart,
  type ICellQuery,
  type ICellUpload
} from './cells.js';
export { methodNote, type IMethodNote } from './methodnote.js';
export { rowsCell, type ICellRows } from './rowscell.js';
export {
  describeError,
  ERROR_KINDS,
  isAbort,
  ProtocolError,
  type ErrorKind,
  type IErrorDetails
} from './errors.js';
export * from './form.js';
export * from './obscore.js';
export {
  explainPosition,
  formatDegrees,
  formatSexagesimal,
  galacticToIcrs,
  parsePosition,
  type IPosition
} from './position.js';
export { pythonString } from './python.js';
export {
  findSpectralUnit,
  formatSpectral,
  fromMetre,
  parseSpectral,
  SPECTRAL_UNITS,
  toMetre,
  type ISpectralText,
  type ISpectralUnit,
  type SpectralQuantity
} from './spectral.js';
export * from './tap.js';
export { mjdToIso, parseTime, type DayEdge } from './time.js';
export { PatientTransport, type IWaitClock } from './patience.js';
export {
  parseChallenges,
  signInAddress,
  signInHost,
  type IChallenge
} from './challenge.js';
export type {
  IAskOptions,
  ITransport,
  ITransportRequest,
  ITransportResponse
} from './transport.js';
export * from './uws.js';
export * from './vosi.js';
export * from './votable/index.js';
