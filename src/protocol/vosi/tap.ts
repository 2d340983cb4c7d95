import { attribute, child, children, type IXmlElement } from '../xml.js';

import { numberOf, ownText, textOf } from './document.js';

/** A query language of a TAP service. */
export interface ITapLanguage {
  readonly name: string;
  readonly versions: readonly string[];
  /** Optional features in groups. */
  readonly features: readonly ITapFeatures[];
}

/** Optional features of one kind. */
export interface ITapFeatures {
  /** IVOA identifier of the kind, such as `…#features-adqlgeo` or `…#features-udf`. */
  readonly type: string;
  /** Names, or signatures of user-defined functions. */
  readonly forms: readonly string[];
}

/** A format the service can answer in. */
export interface ITapFormat {
  readonly mime: string;
  readonly aliases: readonly string[];
}

/** A limit; null where the service does not say. */
export interface ITapLimit {
  readonly default: number | null;
  readonly hard: number | null;
  /** `row` or `byte` for output limits, else null. */
  readonly unit: string | null;
}

/** What a TAP service says of itself (TAPRegExt 1.0 §2). */
export interface ITapCapability {
  readonly dataModels: readonly { readonly id: string; readonly name: string }[];
  readonly languages: readonly ITapLanguage[];
  readonly outputFormats: readonly ITapFormat[];
  /** Ids of the ways to upload a table. */
  readonly uploadMethods: readonly string[];
  /** Seconds a job's results stay. */
  readonly retentionPeriod: ITapLimit;
  /** Seconds a query may run. */
  readonly executionDuration: ITapLimit;
  readonly outputLimit: ITapLimit;
  /** How big an uploaded table may be. */
  readonly uploadLimit: ITapLimit;
}

/** Read the part of a capability that TAPRegExt defines. */
export function readTapCapability(element: IXmlElement): ITapCapability {
  return {
    dataModels: children(element, 'dataModel').map(model => ({
      id: attribute(model, 'ivo-id')?.trim() ?? '',
      name: ownText(model) ?? ''
    })),
    languages: children(element, 'language').map(readLanguage),
    outputFormats: children(element, 'outputFormat').map(format => ({
      mime: textOf(format, 'mime') ?? '',
      aliases: texts(format, 'alias')
    })),
    uploadMethods: children(element, 'uploadMethod').map(
      method => attribute(method, 'ivo-id')?.trim() ?? ''
    ),
    retentionPeriod: readLimit(element, 'retentionPeriod'),
    executionDuration: readLimit(element, 'executionDuration'),
    outputLimit: readLimit(element, 'outputLimit'),
    uploadLimit: readLimit(element, 'uploadLimit')
  };
}

/** Geometry functions that a service lists, in upper case: `CONTAINS`, `INTERSECTS` … */
export function geometryFunctions(tap: ITapCapability): ReadonlySet<string> {
  const features = tap.languages.flatMap(language => language.features);
  return new Set(
    features
      .filter(({ type }) => /#features-adqlgeo$/i.test(type))
      .flatMap(({ forms }) => forms)
      .map(form => form.toUpperCase())
  );
}

function readLanguage(element: IXmlElement): ITapLanguage {
  return {
    name: textOf(element, 'name') ?? '',
    versions: texts(element, 'version'),
    features: children(element, 'languageFeatures').map(group => ({
      type: attribute(group, 'type')?.trim() ?? '',
      forms: children(group, 'feature')
        .map(feature => textOf(feature, 'form'))
        .filter(form => form !== null)
    }))
  };
}

function readLimit(element: IXmlElement, name: string): ITapLimit {
  const limit = child(element, name);
  if (limit === undefined) {
    return { default: null, hard: null, unit: null };
  }
  const [number] = [...children(limit, 'hard'), ...children(limit, 'default')];
  return {
    default: numberOf(limit, 'default'),
    hard: numberOf(limit, 'hard'),
    unit: (number && attribute(number, 'unit')) ?? null
  };
}

function texts(element: IXmlElement, name: string): readonly string[] {
  return children(element, name)
    .map(ownText)
    .filter(text => text !== null);
}
