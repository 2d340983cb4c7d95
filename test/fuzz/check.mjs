/** Reads one document in every way and says what should not have happened. */
import { getHeapStatistics } from 'node:v8';

import { exactOutcome, outcome } from './outcome.mjs';

const MB = 1024 * 1024;

/** What the buffers of one document of a few kB may take beyond those before it. */
const CASE_MB = 64;

/** What may be left when a document has been read and the garbage is gone. */
const LEFT_MB = 64;

/**
 * Reads a document whole and in its pieces.
 *
 * @param reader - `{ streamVOTable, ProtocolError }`
 * @returns null if it was read, or refused with a ProtocolError, both times alike and in
 * little memory; otherwise what was wrong
 */
export async function check(reader, { bytes, chunks, isDamaged = false }) {
  const before = getHeapStatistics().external_memory;
  try {
    const whole = await outcome(reader, bytes);
    const pieces = await outcome(reader, inPieces(chunks));
    // What a platform gives of a broken zip before it refuses the rest is its own affair.
    if (!isDamaged && !isSame(whole, pieces)) {
      return await exactDifference(reader, { bytes, chunks });
    }
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return memoryProblem(before);
}

/** A stream of these pieces. */
function inPieces(chunks) {
  return new ReadableStream({
    start(controller) {
      chunks.forEach(chunk => controller.enqueue(chunk));
      controller.close();
    }
  });
}

function isSame(a, b) {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}

function memoryProblem(before) {
  const after = getHeapStatistics().external_memory;
  if (after - before > CASE_MB * MB) {
    return `took ${Math.round((after - before) / MB)} MB of buffers`;
  }
  if (after > 2 * LEFT_MB * MB) {
    globalThis.gc?.();
    const left = getHeapStatistics().external_memory;
    return left > LEFT_MB * MB ? `left ${Math.round(left / MB)} MB of buffers` : null;
  }
  return null;
}

/** Says in words where two readings part; null if no user could see it. */
async function exactDifference(reader, { bytes, chunks }) {
  const a = await exactOutcome(reader, bytes);
  const b = await exactOutcome(reader, inPieces(chunks));
  const at = a.findIndex((line, index) => line !== b[index]);
  const line = at < 0 ? a.length : at;
  return a[line] === b[line]
    ? null
    : `is read otherwise in pieces:\n  whole:  ${a[line]}\n  pieces: ${b[line]}`;
}
