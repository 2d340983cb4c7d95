/**
 * Starts a worker with the engine's script.
 *
 * The only place that does: the bundler makes a script of each such expression.
 *
 * @throws where the browser has no workers or refuses them
 */
export function startWorker(): Worker {
  return new Worker(new URL('./engine.worker.js', import.meta.url), { type: 'module' });
}
