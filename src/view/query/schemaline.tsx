import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { describeError } from '../../protocol/errors.js';
import type { QuerySchema } from '../../model/schema/queryschema.js';

/** Properties of {@link SchemaLine}. */
export interface ISchemaLineProps {
  readonly schema: QuerySchema;
  /** The archive, as the user knows it. */
  readonly archive: string;
  readonly trans: TranslationBundle;
}

/** What the editor knows the tables from, where that is not as it should be. */
export function SchemaLine(props: ISchemaLineProps): JSX.Element | null {
  const { schema, archive, trans } = props;
  const { isReading, error, known } = schema;
  if (isReading) {
    return (
      <p className="jp-Obsdeck-Query-schema" role="status">
        {trans.__('Reading the tables of %1 …', archive)}
        <button
          type="button"
          className="jp-Obsdeck-Query-link"
          onClick={() => schema.stop()}
        >
          {trans.__('Cancel')}
        </button>
      </p>
    );
  }
  if (error === null) {
    return null;
  }
  const words = known
    ? trans.__('From %1, the service did not answer.', dayOf(known.readAt))
    : trans.__('The tables of %1 are not known: the service did not answer.', archive);
  return (
    <p className="jp-Obsdeck-Query-schema" role="status" title={describeError(error)}>
      {words}
      <button
        type="button"
        className="jp-Obsdeck-Query-link"
        onClick={() => void schema.retry()}
      >
        {trans.__('Try again')}
      </button>
    </p>
  );
}

/** A day, UTC. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
