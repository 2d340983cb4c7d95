import type { UwsPhase } from './types.js';

/** The job is over; nothing it is asked changes that (UWS 1.1 §2.1.3). */
export function isOver(phase: UwsPhase): boolean {
  return ['COMPLETED', 'ERROR', 'ABORTED', 'ARCHIVED'].includes(phase);
}

/** Phases in which a service blocks on WAIT (UWS 1.1 §2.2.1.1). */
export function isActive(phase: UwsPhase): boolean {
  return ['PENDING', 'QUEUED', 'EXECUTING'].includes(phase);
}

/** Phases in which a job can be stopped. */
export function canStop(phase: UwsPhase): boolean {
  return !isOver(phase);
}
