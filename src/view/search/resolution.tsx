import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Resolution } from '../../model/resolving.js';
import type { IResolvedTarget } from '../../protocol/form/types.js';
import { formatDegrees } from '../../protocol/position.js';

/** Decimals of degrees: a third of an arcsecond. */
const DECIMALS = 4;

/** Properties of {@link ResolutionLine}. */
export interface IResolutionLineProps {
  /** What is known of the name; null where nobody was asked. */
  readonly resolution: Resolution | null;
  readonly trans: TranslationBundle;
  onChoose(target: IResolvedTarget): void;
}

/**
 * Below the field of the target: where it is and who says so, or what to choose from. That
 * nobody knows the name is a problem of the field, and not said here.
 */
export function ResolutionLine(props: IResolutionLineProps): JSX.Element | null {
  const { resolution, trans } = props;
  switch (resolution?.state) {
    case 'asking':
      return (
        <p className="jp-Obsdeck-Search-hint" role="status">
          {trans.__('Looking up ‘%1’ …', resolution.name)}
        </p>
      );
    case 'found':
      return (
        <p className="jp-Obsdeck-Search-hint" role="status">
          {targetWords(resolution.target)}
        </p>
      );
    case 'several':
      return <Matches {...props} matches={resolution.matches} />;
    default:
      return null;
  }
}

interface IMatchesProps extends IResolutionLineProps {
  readonly matches: readonly IResolvedTarget[];
}

/** Things with the same name; arrows move, Enter, Space and a click choose. */
function Matches({ matches, trans, onChoose }: IMatchesProps): JSX.Element {
  const [current, setCurrent] = React.useState(0);
  const id = React.useId();
  const list = React.useRef<HTMLUListElement>(null);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const next = nextIndex(event.key, current, matches.length);
    if (next !== null) {
      setCurrent(next);
      list.current?.children[next]?.scrollIntoView?.({ block: 'nearest' });
    } else if (event.key === 'Enter' || event.key === ' ') {
      onChoose(matches[current]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul
      ref={list}
      className="jp-Obsdeck-Search-matches"
      role="listbox"
      aria-label={trans.__('Matches')}
      aria-activedescendant={`${id}-${current}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {matches.map((match, index) => (
        <li
          key={`${match.by} ${match.known} ${match.ra} ${match.dec}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === current}
          onClick={() => onChoose(match)}
        >
          {match.known && <b>{match.known} </b>}
          {targetWords(match)}
        </li>
      ))}
    </ul>
  );
}

function nextIndex(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(current + 1, count - 1);
    case 'ArrowUp':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** “M 83: 204.2538 −29.8658 deg (Simbad)” */
export function targetWords({ name, ra, dec, by }: IResolvedTarget): string {
  const [x, y] = [ra, dec].map(value => formatDegrees(value, DECIMALS));
  return `${name}: ${x} ${y} deg (${by})`;
}
