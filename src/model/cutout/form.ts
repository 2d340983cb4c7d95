import { type ISignal, Signal } from '@lumino/signaling';

import type { GivenValues } from '../../protocol/datalink/index.js';
import type { IServiceParameter } from '../../protocol/datalink/types.js';
import { sodaRole } from '../../protocol/soda/index.js';
import {
  fieldOf,
  initialValue,
  type IFieldValue,
  type IServiceField
} from './fields.js';
import { readField } from './fieldvalues.js';

/** The free parameters of a service beside its shape, as they are filled in. */
export class FormModel {
  /** @param parameters - free ones, in the order of a form */
  constructor(parameters: readonly IServiceParameter[]) {
    this.fields = parameters.map(one => fieldOf(one, sodaRole(one)));
    this._values = new Map(
      this.fields.map((field, index) => [
        field.name,
        initialValue(field, parameters[index])
      ])
    );
  }

  /** Emitted when a field holds something else. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  readonly fields: readonly IServiceField[];

  /** What a field holds. */
  valueOf({ name }: IServiceField): IFieldValue {
    return this._values.get(name) ?? NOTHING;
  }

  /** Fill in a part of a field. */
  set({ name }: IServiceField, change: Partial<IFieldValue>): void {
    this._values.set(name, { ...(this._values.get(name) ?? NOTHING), ...change });
    this._changed.emit();
  }

  /** What is wrong with a field, one sentence; null where nothing is. */
  problemOf(field: IServiceField): string | null {
    const read = readField(field, this.valueOf(field));
    return 'problem' in read ? read.problem : null;
  }

  /** What is sent, by parameter; null while a field is wrong. */
  get given(): GivenValues | null {
    const given: Record<string, readonly string[]> = {};
    for (const field of this.fields) {
      const read = readField(field, this.valueOf(field));
      if ('problem' in read) {
        return null;
      }
      if (read.values.length > 0) {
        given[field.name] = read.values;
      }
    }
    return given;
  }

  private readonly _values: Map<string, IFieldValue>;
  private readonly _changed = new Signal<this, void>(this);
}

const NOTHING: IFieldValue = { text: '', until: '', unit: '', chosen: [] };
