import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Properties of {@link FilterInput}. */
export interface IFilterInputProps {
  /** Accessible name. */
  readonly label: string;
  readonly text: string;
  readonly trans: TranslationBundle;
  onText(text: string): void;
}

/** A text that picks some of many; Enter does not search with the form around it. */
export function FilterInput(props: IFilterInputProps): JSX.Element {
  const { label, text, trans, onText } = props;
  return (
    <div className="jp-Obsdeck-Search-box">
      <input
        type="search"
        aria-label={label}
        placeholder={trans.__('Filter')}
        value={text}
        onChange={event => onText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
          }
        }}
      />
    </div>
  );
}
