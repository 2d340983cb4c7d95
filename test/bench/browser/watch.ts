import type { Page } from '@playwright/test';

/** A stretch of time in which the page could do nothing else, ms since the click. */
export interface ITask {
  readonly at: number;
  readonly duration: number;
  /** What ran in it, where the browser tells. */
  readonly scripts: readonly string[];
}

/** How the rows of one search arrived; times in ms since the click. */
export interface IArrival {
  /** The first rows were painted. */
  readonly firstPaint: number;
  /** All rows were in the grid, and it was painted. */
  readonly allRows: number;
  readonly rows: number;
  /** The service began to answer. */
  readonly answered: number;
  /** Tasks of the main thread from 50 ms on (W3C Long Tasks §2.1). */
  readonly tasks: readonly ITask[];
  /** The same by frame, with the scripts in them (W3C Long Animation Frames). */
  readonly frames: readonly ITask[];
  /** Longest time between two frames. */
  readonly longestGap: number;
}

/** A Results tab, as far as it is watched: the model that other extensions see, too. */
interface IResult {
  readonly state: string;
  readonly rows: { readonly rowCount: number } | null;
  /** What the rows answer; milliseconds since 1970. */
  readonly provenance: { readonly startedAt: number } | null;
}

interface IBenchWindow {
  jupyterapp: {
    shell: { currentWidget: { content?: { model?: { result?: IResult } } } | null };
  };
  arrival: Promise<IArrival>;
}

/** Watch the page from the next click on until a search has ended; see {@link arrived}. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const bench = window as unknown as IBenchWindow;
    const result = (): IResult | undefined =>
      bench.jupyterapp.shell.currentWidget?.content?.model?.result;
    const nextFrame = (): Promise<number> =>
      new Promise(resolve => requestAnimationFrame(resolve));

    const observed = (type: string): PerformanceEntry[] => {
      const entries: PerformanceEntry[] = [];
      const observer = new PerformanceObserver(list =>
        entries.push(...list.getEntries())
      );
      observer.observe({ type });
      return entries;
    };
    const scriptsOf = (entry: PerformanceEntry): string[] => {
      const { scripts = [] } = entry as { scripts?: Record<string, string | number>[] };
      return scripts.map(
        s =>
          `${Math.round(Number(s.duration))} ms ${s.invoker} ${s.sourceFunctionName} ` +
          `${s.sourceURL}:${s.sourceCharPosition}`
      );
    };
    const since = (start: number, entries: PerformanceEntry[]): ITask[] =>
      entries
        .filter(entry => entry.startTime + entry.duration > start)
        .map(entry => ({
          at: entry.startTime - start,
          duration: entry.duration,
          scripts: scriptsOf(entry)
        }));

    bench.arrival = (async () => {
      const tasks = observed('longtask');
      const frames = observed('long-animation-frame');
      const resources = observed('resource') as PerformanceResourceTiming[];
      const start = await new Promise<number>(resolve => {
        const clicked = (): void => resolve(performance.now());
        document.addEventListener('click', clicked, { capture: true, once: true });
      });
      let last = start;
      let longestGap = 0;
      const until = async (reached: () => boolean): Promise<number> => {
        // What a model has, is painted one frame later at the latest; that one has ended
        // when the next begins.
        for (let left = 2; left > 0; left -= reached() ? 1 : 0) {
          const now = await nextFrame();
          longestGap = Math.max(longestGap, now - last);
          last = now;
        }
        return performance.now() - start;
      };
      // The rows of an earlier search stay until the first new one is there.
      const clicked = Math.floor(performance.timeOrigin + start);
      const isNew = (): boolean => (result()?.provenance?.startedAt ?? 0) >= clicked;
      const rows = (): number => (isNew() ? (result()?.rows?.rowCount ?? 0) : 0);
      const firstPaint = await until(() => rows() > 0);
      const allRows = await until(() => isNew() && result()?.state !== 'loading');
      // Entries of the last tasks come late.
      await new Promise(resolve => setTimeout(resolve, 200));
      const answers = resources.filter(
        ({ name, startTime }) => startTime > start && name.includes('/api/gateway/')
      );
      return {
        answered: (answers.at(-1)?.responseStart ?? start) - start,
        firstPaint,
        allRows,
        rows: rows(),
        tasks: since(start, tasks),
        frames: since(start, frames),
        longestGap
      };
    })();
  });
}

/** How the rows arrived, once they have. */
export async function arrived(page: Page): Promise<IArrival> {
  return await page.evaluate(() => (window as unknown as IBenchWindow).arrival);
}
