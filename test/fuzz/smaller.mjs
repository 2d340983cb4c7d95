/** Makes a document that shows a problem smaller. */

/** Readings, and milliseconds, after which it is small enough. */
const MOST_TRIES = 400;
const LONGEST = 20_000;

/**
 * Drops parts of a document, half of it at first and single bytes at last, as long as it
 * shows the same problem.
 *
 * @param one - the case
 * @param problem - what is wrong with it
 * @param check - gives the problem of a case, or null
 * @returns the smallest document found, at worst the one given
 */
export async function smaller(one, problem, check) {
  const wanted = kindOf(problem);
  const isBad = async (bytes, chunks) => {
    const found = await check({ ...one, bytes, chunks });
    return found !== null && kindOf(found) === wanted;
  };
  // Borders move when bytes are dropped, so only those that always exist will do.
  for (const cut of [whole, singleBytes]) {
    if (await isBad(one.bytes, cut(one.bytes))) {
      return await shrink(one.bytes, bytes => isBad(bytes, cut(bytes)));
    }
  }
  return one.bytes;
}

async function shrink(document, isBad) {
  let bytes = document;
  let tries = 0;
  const end = performance.now() + LONGEST;
  const goesOn = () => tries < MOST_TRIES && performance.now() < end;
  for (let size = bytes.length >> 1; size > 0 && goesOn(); size >>= 1) {
    for (let at = 0; at < bytes.length && goesOn(); tries++) {
      const rest = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
      if (rest.length > 0 && (await isBad(rest))) {
        bytes = rest;
      } else {
        at += size;
      }
    }
  }
  return bytes;
}

/** The first words of a problem, without the numbers that change with the size. */
function kindOf(problem) {
  return problem.split('\n', 1)[0].replace(/\d+/g, '#').slice(0, 60);
}

function whole(bytes) {
  return [bytes];
}

function singleBytes(bytes) {
  return Array.from(bytes, byte => Uint8Array.of(byte));
}
