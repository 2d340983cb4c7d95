import type {
  ArchiveFactory,
  IArchive,
  IArchiveDefinition,
  IArchiveMeans
} from './archive.js';
import { createEsoArchive } from './eso/index.js';
import { createIvoaArchive } from './ivoa/index.js';
import { createRubinArchive } from './rubin/index.js';

/**
 * Makes archives from their definitions: the kind chooses the code. An archive of a kind
 * nobody has registered is treated by the IVOA services it names.
 */
export class ArchiveRegistry {
  /** @param _means - what the archives' capabilities work with */
  constructor(private readonly _means: IArchiveMeans) {}

  /** The archive a definition stands for. */
  create(definition: IArchiveDefinition): IArchive {
    const factory = this._factories.get(definition.kind)?.at(-1) ?? createIvoaArchive;
    return factory(definition, this._means);
  }

  /**
   * Register the code for a kind of archive; the last one registered wins.
   *
   * @returns takes it back, so that the one before counts again
   */
  register(kind: string, factory: ArchiveFactory): () => void {
    const entry: ArchiveFactory = (...args) => factory(...args);
    this._factories.set(kind, [...(this._factories.get(kind) ?? []), entry]);
    return () => {
      const others = (this._factories.get(kind) ?? []).filter(one => one !== entry);
      this._factories.set(kind, others);
    };
  }

  private readonly _factories = new Map<string, readonly ArchiveFactory[]>([
    ['eso', [createEsoArchive]],
    ['rubin', [createRubinArchive]]
  ]);
}
