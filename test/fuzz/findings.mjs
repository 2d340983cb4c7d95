/** Findings of a run: told at once and kept as files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { makeCase } from './cases.mjs';

const FOLDER = fileURLToPath(new URL('../../test-results/fuzz/', import.meta.url));

/** The findings of the run with this seed. */
export class Findings {
  /** Different cases. */
  count = 0;

  constructor(seed) {
    this.#seed = seed;
  }

  /**
   * Notes a finding, or a smaller document of one.
   *
   * @param message - `{ number, problem, bytes?, isSmaller? }`
   */
  note({ number, problem, bytes, isSmaller = false }) {
    const name = `seed${this.#seed}-case${number}${isSmaller ? '-small' : ''}.xml`;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(FOLDER + name, bytes ?? makeCase(this.#seed, number).bytes);
    if (!isSmaller) {
      this.count += 1;
      console.log(`FINDING seed ${this.#seed} case ${number}: ${problem}`);
    }
    console.log(`  saved as ${FOLDER}${name}`);
  }

  #seed;
}
