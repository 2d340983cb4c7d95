import { isOfStandard } from '../datalink/descriptor.js';
import type { IServiceDescriptor, IServiceParameter } from '../datalink/types.js';
import { parseRegion, type Region } from '../region.js';
import type { IStencilParameter, StencilKind } from './types.js';

/** Standards of cutout services, without their version. */
export const SODA_SYNC = 'ivo://ivoa.net/std/SODA#sync';
export const SODA_ASYNC = 'ivo://ivoa.net/std/SODA#async';

/** What SODA means by a free parameter of a service. */
export type SodaRole = 'circle' | 'polygon' | 'pos' | 'band' | 'time' | 'pol';

/** What a service cuts by: parameters that its description has, and no other. */
export interface ISodaOffer {
  /** Shapes, and by which parameter each is sent; in the order of a form. */
  readonly stencils: ReadonlyMap<StencilKind, IStencilParameter>;
  /** Outline of the data; null where the service does not tell. */
  readonly bounds: Region | null;
  readonly band: IServiceParameter | null;
  readonly time: IServiceParameter | null;
  readonly pol: IServiceParameter | null;
  /** Free parameters that are the service's own, in its order. */
  readonly others: readonly IServiceParameter[];
}

/** True where a service cuts out, at once or as a job. */
export function isSoda(service: Pick<IServiceDescriptor, 'standardId'>): boolean {
  return isOfStandard(service, SODA_SYNC) || isOfStandard(service, SODA_ASYNC);
}

/** True where a service runs as a job. */
export function isSodaJob(service: Pick<IServiceDescriptor, 'standardId'>): boolean {
  return isOfStandard(service, SODA_ASYNC);
}

/**
 * What a service cuts by. Names count in any case, shapes also by their xtype (`CIRC` of
 * CADC); only `POS` knows ranges (SODA 1.0 §3.3).
 */
export function sodaOffer({ parameters }: IServiceDescriptor): ISodaOffer {
  const free = parameters.filter(({ kind }) => kind === 'free');
  const byRole = (role: SodaRole): IServiceParameter | null =>
    free.find(parameter => sodaRole(parameter) === role) ?? null;
  const [circle, polygon, pos] = [byRole('circle'), byRole('polygon'), byRole('pos')];
  return {
    stencils: stencilsOf(circle, polygon, pos),
    bounds: boundsOf(polygon, 'polygon') ?? boundsOf(circle, 'circle'),
    band: byRole('band'),
    time: byRole('time'),
    pol: byRole('pol'),
    others: free.filter(parameter => sodaRole(parameter) === null)
  };
}

/** What SODA means by a parameter; null for one that is the service's own. */
export function sodaRole({ name, xtype }: IServiceParameter): SodaRole | null {
  const shape = xtype?.trim().toLowerCase().replace(/^.*:/, '');
  if (shape === 'circle' || shape === 'polygon') {
    return shape;
  }
  return ROLES.get(name.trim().toLowerCase()) ?? null;
}

const ROLES: ReadonlyMap<string, SodaRole> = new Map([
  ['circle', 'circle'],
  ['polygon', 'polygon'],
  ['pos', 'pos'],
  ['band', 'band'],
  ['time', 'time'],
  ['pol', 'pol']
]);

function stencilsOf(
  circle: IServiceParameter | null,
  polygon: IServiceParameter | null,
  pos: IServiceParameter | null
): ReadonlyMap<StencilKind, IStencilParameter> {
  const own: readonly (readonly [StencilKind, IServiceParameter | null])[] = [
    ['circle', circle],
    ['polygon', polygon],
    ['range', null]
  ];
  return new Map(
    own.flatMap(([kind, parameter]) => {
      const used = parameter ?? pos;
      return used === null
        ? []
        : [[kind, { name: used.name, isPos: parameter === null }] as const];
    })
  );
}

/** `MAX` of a shape is the largest one that makes sense: the data's outline. */
function boundsOf(
  parameter: IServiceParameter | null,
  shape: 'circle' | 'polygon'
): Region | null {
  const region = parameter?.max ? parseRegion(parameter.max, shape) : null;
  return region === null || region.shape === 'unknown' ? null : region;
}
