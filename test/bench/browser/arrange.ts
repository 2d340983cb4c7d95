import type { Page } from '@playwright/test';

/** A sort order or a filter, columns by name. */
export type Arrangement =
  | { readonly kind: 'sort'; readonly columns: readonly string[] }
  | { readonly kind: 'text'; readonly column: string; readonly text: string };

/** How arranging went. */
export interface IArranging {
  /** From the call to the order being there, s. */
  readonly seconds: readonly number[];
  /** Rows shown in the end. */
  readonly rows: number;
  /** Longest task of the main thread meanwhile, ms; 0 where none took 50 ms. */
  readonly longestTask: number;
}

/** The rows as they are shown (`RowView`), as far as they are measured. */
interface IView {
  readonly store: { readonly fields: readonly { readonly name: string }[] };
  readonly rowCount: number;
  setSort(keys: readonly object[]): Promise<void>;
  setFilters(filters: readonly object[]): Promise<void>;
}

interface IBenchWindow {
  jupyterapp: {
    // The panel shows its view to nobody, as nothing else of the page needs it.
    shell: { currentWidget: { content: { _rows: { view: IView } } } };
  };
}

/** Arrange the rows of the Results tab in front, and undo it, several times. */
export async function arrange(
  page: Page,
  arrangement: Arrangement,
  repeats: number
): Promise<IArranging> {
  return await page.evaluate(
    async ([wanted, count]) => {
      const { jupyterapp } = window as unknown as IBenchWindow;
      const { view } = jupyterapp.shell.currentWidget.content._rows;
      const column = (name: string): number =>
        view.store.fields.findIndex(field => field.name === name);
      const pause = (): Promise<void> => new Promise(done => setTimeout(done, 500));
      const tasks: number[] = [];
      const observer = new PerformanceObserver(list =>
        tasks.push(...list.getEntries().map(({ duration }) => duration))
      );
      observer.observe({ type: 'longtask' });
      const apply = (): Promise<void> =>
        wanted.kind === 'sort'
          ? view.setSort(
              wanted.columns.map(name => ({ column: column(name), descending: false }))
            )
          : view.setFilters([
              {
                kind: 'text',
                column: column(wanted.column),
                text: wanted.text,
                matchCase: false
              }
            ]);
      const seconds: number[] = [];
      let rows = 0;
      for (let left = count; left > 0; left--) {
        const start = performance.now();
        await apply();
        seconds.push((performance.now() - start) / 1000);
        rows = view.rowCount;
        // What is painted now belongs to this arrangement, too.
        await pause();
        await (wanted.kind === 'sort' ? view.setSort([]) : view.setFilters([]));
        await pause();
      }
      observer.disconnect();
      return { seconds, rows, longestTask: Math.max(0, ...tasks) };
    },
    [arrangement, repeats] as const
  );
}
