import { attribute, children, type IXmlElement } from '../xml.js';

import { ownText, readVosi, textOf } from './document.js';
import { readTapCapability, type ITapCapability } from './tap.js';

/** One way to reach a service. */
export interface IServiceInterface {
  /** `xsi:type` without prefix, such as `ParamHTTP` or `WebBrowser`. */
  readonly type: string | null;
  readonly role: string | null;
  readonly version: string | null;
  readonly accessUrl: string;
  /** `full`, `base` or `dir`. */
  readonly use: string | null;
  /** Ids of the ways to sign in, the service's favourite first. */
  readonly securityMethods: readonly string[];
  /** No sign-in is needed: no security method, or an empty one beside others. */
  readonly anonymous: boolean;
}

/** One capability of a service (VOSI 1.1 §3). */
export interface ICapability {
  /** As written; compare with {@link isStandard}. Empty when not given. */
  readonly standardId: string;
  /** `xsi:type` without prefix. */
  readonly type: string | null;
  readonly interfaces: readonly IServiceInterface[];
  /** What it says of TAP, for a TAP capability. */
  readonly tap: ITapCapability | null;
}

/** IVOA identifier of TAP. */
export const TAP_STANDARD = 'ivo://ivoa.net/std/TAP';

/** All versions and parts of ObsCore are named after this. */
const OBSCORE_PREFIX = 'ivo://ivoa.net/std/obscore';

/**
 * Read a VOSI capabilities document: any prefix or none, with or without a namespace.
 *
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function parseCapabilities(text: string): readonly ICapability[] {
  const root = readVosi(text, 'a list of capabilities', ['capabilities']);
  return children(root, 'capability').map(readCapability);
}

/** Identifiers compare without case; a version or part behind `#` may be missing. */
export function isStandard(capability: ICapability, standard: string): boolean {
  const [found, wanted] = [capability.standardId.toLowerCase(), standard.toLowerCase()];
  return found === wanted || found.startsWith(`${wanted}#`);
}

/** True if a TAP service declares ObsCore of any version. */
export function hasObsCore(capabilities: readonly ICapability[]): boolean {
  return capabilities.some(({ tap }) =>
    tap?.dataModels.some(({ id }) => isObsCoreModel(id))
  );
}

/** True for identifiers of ObsCore, of any version and spelling. */
export function isObsCoreModel(id: string): boolean {
  return id.toLowerCase().startsWith(OBSCORE_PREFIX);
}

function readCapability(element: IXmlElement): ICapability {
  const capability = {
    standardId: attribute(element, 'standardID')?.trim() ?? '',
    type: localType(element),
    interfaces: children(element, 'interface').map(readInterface),
    tap: null
  };
  const isTap =
    isStandard(capability, TAP_STANDARD) || capability.type === 'TableAccess';
  return isTap ? { ...capability, tap: readTapCapability(element) } : capability;
}

function readInterface(element: IXmlElement): IServiceInterface {
  const [access] = children(element, 'accessURL');
  const methods = children(element, 'securityMethod').map(
    method => attribute(method, 'standardID')?.trim() || ownText(method) || ''
  );
  return {
    type: localType(element),
    role: attribute(element, 'role') ?? null,
    version: attribute(element, 'version') ?? null,
    accessUrl: textOf(element, 'accessURL') ?? '',
    use: (access && attribute(access, 'use')) ?? null,
    securityMethods: methods.filter(method => method !== ''),
    anonymous: methods.length === 0 || methods.includes('')
  };
}

function localType(element: IXmlElement): string | null {
  return attribute(element, 'type')?.replace(/^.*:/, '') ?? null;
}
