import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

interface IAdqlPreviewProps {
  /** The query the form stands for; null while the form cannot be read. */
  readonly adql: string | null;
  /** True while nothing but the target's position is missing. */
  readonly isNameOpen: boolean;
  /** True while the query in front is not the form's any more. */
  readonly handEdited: boolean;
  readonly trans: TranslationBundle;
  onEdit(): void;
  onRevert(): void;
}

/** The ADQL the form stands for, and the way to its editor. */
export const AdqlPreview = React.memo(Preview);

function Preview(props: IAdqlPreviewProps): JSX.Element {
  const { adql, isNameOpen, handEdited, trans, onEdit, onRevert } = props;
  const id = React.useId();
  return (
    <section className="jp-Obsdeck-Search-adql" aria-labelledby={id}>
      <header>
        <span id={id}>{trans.__('ADQL')}</span>
        <button type="button" role="link" onClick={onEdit}>
          {trans.__('Edit ADQL')}
        </button>
      </header>
      {handEdited ? (
        <>
          <p>{trans.__('The ADQL was edited by hand; the form cannot show it.')}</p>
          <button
            type="button"
            className="jp-Obsdeck-Search-secondary"
            onClick={onRevert}
          >
            {trans.__('Go back to the form')}
          </button>
        </>
      ) : adql === null ? (
        <p>
          {isNameOpen
            ? trans.__('No query yet: the target is looked up when you search.')
            : trans.__('No query yet: a field cannot be understood.')}
        </p>
      ) : (
        <pre>{adql}</pre>
      )}
    </section>
  );
}
