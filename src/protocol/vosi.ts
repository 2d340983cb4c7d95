/** VOSI 1.1: capabilities, tables and availability of a service. */
export {
  hasObsCore,
  isObsCoreModel,
  isStandard,
  parseCapabilities,
  TAP_STANDARD,
  type ICapability,
  type IServiceInterface
} from './vosi/capabilities.js';
export { parseAvailability, type IAvailability } from './vosi/availability.js';
export {
  parseTables,
  type IColumnDescription,
  type ISchemaDescription,
  type ITableDescription,
  type ITableSet
} from './vosi/tables.js';
export {
  geometryFunctions,
  type ITapCapability,
  type ITapFeatures,
  type ITapFormat,
  type ITapLanguage,
  type ITapLimit
} from './vosi/tap.js';
