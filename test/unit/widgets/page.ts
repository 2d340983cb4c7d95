import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { IArchive } from '../../../src/archives/archive.js';
import { QueryModel } from '../../../src/model/query.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import type { ICellMeans, IRowsPanel } from '../../../src/widgets/means.js';
import { archiveOf, batchEvent, endEvent, headEvent } from '../model/rows.js';

/** Rows whose selection the test makes. */
export class FakePanel extends Widget implements IRowsPanel {
  selectedRows: readonly number[] = [];
  readonly selectionChanged = new Signal<unknown, void>(this);

  get selectedCount(): number {
    return this.selectedRows.length;
  }

  selectRows(rows: readonly number[]): void {
    this.selectedRows = rows;
    this.selectionChanged.emit();
  }
}

/** A page with an archive that counts what it is asked, and waits where told. */
export class FakePage implements ICellMeans {
  readonly asked: string[] = [];
  readonly aborted: boolean[] = [];
  readonly as: (string | undefined)[] = [];
  readonly panels: FakePanel[] = [];
  known: readonly IArchive[];
  /** Rows come once it resolves. */
  gate: Promise<void> = Promise.resolve();

  constructor() {
    this.known = [
      archiveOf((query, signal, how) => {
        this.asked.push(query.adql);
        this.as.push(how?.as);
        return this._answer(signal);
      })
    ];
  }

  readonly archivesChanged = new Signal<unknown, void>(this);

  readonly archives = {
    ready: Promise.resolve(),
    changed: this.archivesChanged,
    get: (id: string) => this.known.find(({ definition }) => definition.id === id)
  };

  readonly words = {
    unknownArchive: (id: string) => `no archive ${id}`,
    noTables: (archive: string) => `${archive} has no tables`,
    unknownTable: (archive: string, table: string) => `${archive} has no ${table}`,
    tooMany: (count: string, most: string) => `${count} of ${most}`,
    noKernel: 'no kernel'
  };

  createModel(): QueryModel {
    return new QueryModel();
  }

  async createPanel(): Promise<IRowsPanel> {
    const panel = new FakePanel();
    this.panels.push(panel);
    return panel;
  }

  pausing(): () => void {
    return () => undefined;
  }

  private async *_answer(signal: AbortSignal): AsyncIterable<VOTableEvent> {
    yield headEvent();
    yield batchEvent([
      ['a', 1.5],
      ['b', 2.5],
      ['c', 3.5]
    ]);
    await this.gate;
    this.aborted.push(signal.aborted);
    yield endEvent();
  }
}
