/** A column of ObsCore as the standard describes it. */
export interface IObsCoreColumn {
  readonly name: string;
  /** VOTable datatype; texts are `char` of any length. */
  readonly datatype: 'char' | 'int' | 'long' | 'double';
  readonly unit: string | null;
  readonly ucd: string;
  /** Without the `obscore:` prefix; services prefix it in many ways. */
  readonly utype: string;
  readonly description: string;
  readonly mandatory: boolean;
}

/** ObsCore 1.1 table 1: name, datatype, unit, UCD, utype, description. */
const MANDATORY = `
dataproduct_type | char | - | meta.code.class | ObsDataset.dataProductType | Kind of data: image, cube, spectrum and so on.
calib_level | int | - | meta.code;obs.calib | ObsDataset.calibLevel | How far the data are calibrated, from 0 (as the instrument wrote them) to 4 (result of an analysis).
obs_collection | char | - | meta.id | DataID.collection | Collection the data belong to, such as a survey or a data release.
obs_id | char | - | meta.id | DataID.observationID | Identifier of the observation within its collection; its products share it.
obs_publisher_did | char | - | meta.ref.ivoid | Curation.publisherDID | Identifier that the publisher gave to this dataset.
access_url | char | - | meta.ref.url | Access.reference | Address of the file, or of a list of links to it.
access_format | char | - | meta.code.mime | Access.format | Media type of what the address leads to.
access_estsize | long | kbyte | phys.size;meta.file | Access.size | Estimated size of the file.
target_name | char | - | meta.id;src | Target.name | Name of the observed object.
s_ra | double | deg | pos.eq.ra | Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1 | Right ascension of the centre, ICRS.
s_dec | double | deg | pos.eq.dec | Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C2 | Declination of the centre, ICRS.
s_fov | double | deg | phys.angSize;instr.fov | Char.SpatialAxis.Coverage.Bounds.Extent.diameter | Diameter of the covered field, roughly.
s_region | char | - | pos.outline;obs.field | Char.SpatialAxis.Coverage.Support.Area | Outline of the covered field on the sky.
s_resolution | double | arcsec | pos.angResolution | Char.SpatialAxis.Resolution.Refval.value | Angular resolution, as the width of a point source at half maximum.
s_xel1 | long | - | meta.number | Char.SpatialAxis.numBins1 | Number of elements along the first spatial axis.
s_xel2 | long | - | meta.number | Char.SpatialAxis.numBins2 | Number of elements along the second spatial axis.
t_min | double | d | time.start;obs.exposure | Char.TimeAxis.Coverage.Bounds.Limits.StartTime | Start of the observation, MJD.
t_max | double | d | time.end;obs.exposure | Char.TimeAxis.Coverage.Bounds.Limits.StopTime | End of the observation, MJD.
t_exptime | double | s | time.duration;obs.exposure | Char.TimeAxis.Coverage.Support.Extent | Total exposure time.
t_resolution | double | s | time.resolution | Char.TimeAxis.Resolution.Refval.value | Shortest interval that can be told apart along the time axis.
t_xel | long | - | meta.number | Char.TimeAxis.numBins | Number of elements along the time axis.
em_min | double | m | em.wl;stat.min | Char.SpectralAxis.Coverage.Bounds.Limits.LoLimit | Shortest wavelength covered, in vacuum.
em_max | double | m | em.wl;stat.max | Char.SpectralAxis.Coverage.Bounds.Limits.HiLimit | Longest wavelength covered, in vacuum.
em_res_power | double | - | spect.resolution | Char.SpectralAxis.Resolution.ResolPower.refVal | Spectral resolving power λ/Δλ.
em_xel | long | - | meta.number | Char.SpectralAxis.numBins | Number of elements along the spectral axis.
o_ucd | char | - | meta.ucd | Char.ObservableAxis.ucd | UCD of what was measured, such as a flux density.
pol_states | char | - | meta.code;phys.polarization | Char.PolarizationAxis.stateList | Polarization states between slashes, such as /I/Q/U/V/.
pol_xel | long | - | meta.number | Char.PolarizationAxis.numBins | Number of polarization states.
facility_name | char | - | meta.id;instr.tel | Provenance.ObsConfig.Facility.name | Telescope or observatory.
instrument_name | char | - | meta.id;instr | Provenance.ObsConfig.Instrument.name | Instrument.
`;

/** ObsCore 1.1 table 5, in the same order. */
const OPTIONAL = `
dataproduct_subtype | char | - | meta.code.class | ObsDataset.dataProductSubtype | Finer kind of data, in the words of the archive.
target_class | char | - | src.class | Target.class | Class of the observed object.
obs_creation_date | char | - | time;meta.dataset | DataID.date | When the dataset was made.
obs_creator_name | char | - | meta.id | DataID.creator | Who made the dataset.
obs_creator_did | char | - | meta.id | DataID.creatorDID | Identifier that its maker gave to the dataset.
obs_title | char | - | meta.title;obs | DataID.title | Title of the dataset, for people.
publisher_id | char | - | meta.ref.ivoid | Curation.publisherID | Identifier of the publisher.
bib_reference | char | - | meta.bib | Curation.reference | Article to cite for the dataset.
data_rights | char | - | meta.code | Curation.rights | Who may have the data: public, secure or proprietary.
obs_release_date | char | - | time.release | Curation.releaseDate | When the dataset becomes public.
s_ucd | char | - | meta.ucd | Char.SpatialAxis.ucd | UCD of the spatial axis.
s_unit | char | - | meta.unit | Char.SpatialAxis.unit | Unit of the spatial axis.
s_resolution_min | double | arcsec | pos.angResolution;stat.min | Char.SpatialAxis.Resolution.Bounds.Limits.LoLimit | Best angular resolution in the dataset.
s_resolution_max | double | arcsec | pos.angResolution;stat.max | Char.SpatialAxis.Resolution.Bounds.Limits.HiLimit | Worst angular resolution in the dataset.
s_pixel_scale | double | arcsec | phys.angSize;instr.pixel | Char.SpatialAxis.Sampling.RefVal.SamplingPeriod | Size of a pixel on the sky.
s_calib_status | char | - | meta.code.qual | Char.SpatialAxis.calibrationStatus | State of the astrometric calibration.
s_stat_error | double | arcsec | stat.error;pos.eq | Char.SpatialAxis.Accuracy.StatError.Refval.value | Statistical error of positions.
t_calib_status | char | - | meta.code.qual | Char.TimeAxis.calibrationStatus | State of the calibration of times.
t_stat_error | double | s | stat.error;time | Char.TimeAxis.Accuracy.StatError.Refval.value | Statistical error of times.
em_ucd | char | - | meta.ucd | Char.SpectralAxis.ucd | UCD of the spectral axis: wavelength, frequency or energy.
em_unit | char | - | meta.unit | Char.SpectralAxis.unit | Unit of the spectral axis in the data.
em_calib_status | char | - | meta.code.qual | Char.SpectralAxis.calibrationStatus | State of the spectral calibration.
em_res_power_min | double | - | spect.resolution;stat.min | Char.SpectralAxis.Resolution.ResolPower.LoLimit | Lowest resolving power in the dataset.
em_res_power_max | double | - | spect.resolution;stat.max | Char.SpectralAxis.Resolution.ResolPower.HiLimit | Highest resolving power in the dataset.
em_resolution | double | m | spect.resolution;stat.mean | Char.SpectralAxis.Resolution.Refval.value | Typical spectral resolution.
em_stat_error | double | m | stat.error;em | Char.SpectralAxis.Accuracy.StatError.Refval.value | Statistical error of the spectral coordinate.
o_unit | char | - | meta.unit | Char.ObservableAxis.unit | Unit of what was measured.
o_calib_status | char | - | meta.code.qual | Char.ObservableAxis.calibrationStatus | State of the flux calibration.
o_stat_error | double | - | stat.error | Char.ObservableAxis.Accuracy.StatError.Refval.value | Statistical error of what was measured, in o_unit.
proposal_id | char | - | meta.id;obs.proposal | Provenance.Proposal.identifier | Identifier of the observing proposal.
`;

/** All columns of ObsCore 1.1, the mandatory ones first, in the order of the standard. */
export const OBSCORE_COLUMNS: readonly IObsCoreColumn[] = [
  ...readColumns(MANDATORY, true),
  ...readColumns(OPTIONAL, false)
];

/** Calibration levels of ObsCore 1.1 §3.3.2; services also write −1 for planned ones. */
export const CALIB_LEVELS: readonly number[] = [0, 1, 2, 3, 4];

/** Product types of ObsCore 1.1 §3.3.1. Services may use further terms. */
export const PRODUCT_TYPES: readonly string[] = [
  'image',
  'cube',
  'spectrum',
  'sed',
  'timeseries',
  'visibility',
  'event',
  'measurements'
];

function readColumns(table: string, mandatory: boolean): IObsCoreColumn[] {
  return table
    .trim()
    .split('\n')
    .map(line => {
      const [name, datatype, unit, ucd, utype, description] = line.split(' | ');
      return {
        name,
        datatype: datatype as IObsCoreColumn['datatype'],
        unit: unit === '-' ? null : unit,
        ucd,
        utype,
        description,
        mandatory
      };
    });
}
