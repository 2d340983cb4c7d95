import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** One way to write a request down. */
export interface ICodeText {
  readonly id: string;
  /** “Python”, “URL”, “curl”. */
  readonly label: string;
  readonly text: string;
}

interface ICodeProps {
  readonly texts: readonly ICodeText[];
  readonly trans: TranslationBundle;
  onCopy(text: string): void;
}

/** The request as code, in tabs. */
export function Code({ texts, trans, onCopy }: ICodeProps): JSX.Element | null {
  const id = React.useId();
  const [chosen, setChosen] = React.useState(texts[0]?.id);
  const shown = texts.find(text => text.id === chosen) ?? texts[0];
  if (shown === undefined) {
    return null;
  }
  return (
    <div className="jp-Obsdeck-Cutout-code">
      <div className="jp-Obsdeck-Cutout-codeHead">
        <div role="tablist" aria-label={trans.__('Code')}>
          {texts.map(text => (
            <button
              key={text.id}
              type="button"
              role="tab"
              id={`${id}-${text.id}`}
              aria-selected={text === shown}
              aria-controls={`${id}-panel`}
              tabIndex={text === shown ? 0 : -1}
              onClick={() => setChosen(text.id)}
              onKeyDown={event => {
                const next = neighbour(texts, shown, event.key);
                if (next) {
                  setChosen(next.id);
                  document.getElementById(`${id}-${next.id}`)?.focus();
                }
              }}
            >
              {text.label}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="jp-Obsdeck-Cutout-link"
          onClick={() => onCopy(shown.text)}
        >
          {trans.__('Copy')}
        </button>
      </div>
      <pre
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${shown.id}`}
        tabIndex={0}
      >
        {shown.text}
      </pre>
    </div>
  );
}

/** The tab that an arrow key leads to; undefined for other keys. */
function neighbour(
  texts: readonly ICodeText[],
  from: ICodeText,
  key: string
): ICodeText | undefined {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const index = texts.indexOf(from) + step;
  return step === 0 ? undefined : texts[(index + texts.length) % texts.length];
}
