import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { CutoutKind, ICutoutShape } from '../../model/cutout/types.js';
import { useOneStop } from '../query/onestop.js';
import { type MenuEntry, showMenu } from '../shared/menu.js';
import { RadioGroup } from '../shared/radiogroup.js';
import {
  colourMapIcon,
  cutOutIcon,
  fitIcon,
  hduIcon,
  headersIcon,
  linkViewsIcon,
  stretchIcon
} from './icons.js';

/** A button that stays pressed. */
export interface IToggle {
  readonly pressed: boolean;
  /** Why it cannot be pressed; undefined where it can. */
  readonly off?: string;
  toggle(): void;
}

/** A button that opens a menu, with the entries at that moment. */
export interface IToolMenu {
  readonly off?: string;
  /** @param button - what was pressed */
  entries(button: HTMLElement): readonly MenuEntry[];
}

/** Properties of {@link QuickLookToolbar}; what is null has no button. */
export interface IQuickLookToolbarProps {
  readonly cutOut: IToggle | null;
  /** What is drawn; null while nothing is cut out. */
  readonly shape: ICutoutShape | null;
  readonly stretch: IToolMenu | null;
  readonly colourMap: IToolMenu | null;
  readonly hdu: IToolMenu | null;
  readonly headers: IToggle | null;
  readonly links: IToggle | null;
  readonly fit: (() => void) | null;
  readonly trans: TranslationBundle;
}

/** The toolbar of Quick look. */
export function QuickLookToolbar(props: IQuickLookToolbarProps): JSX.Element {
  const { cutOut, shape, stretch, colourMap, hdu, headers, links, fit, trans } = props;
  const toolbar = useOneStop();
  return (
    <div
      ref={toolbar}
      className="jp-Obsdeck-QuickLook-tools"
      role="toolbar"
      aria-label={trans.__('Quick look')}
    >
      {cutOut && <Toggle icon={cutOutIcon} label={trans.__('Cut out')} {...cutOut} />}
      {shape?.kind && shape.kinds.length > 1 && (
        <CutoutShapes shape={shape} kind={shape.kind} trans={trans} />
      )}
      {stretch && (
        <Tool icon={stretchIcon} label={trans.__('Stretch')} menu={stretch} />
      )}
      {colourMap && (
        <Tool icon={colourMapIcon} label={trans.__('Colour map')} menu={colourMap} />
      )}
      {hdu && <Tool icon={hduIcon} label={trans.__('HDU')} menu={hdu} />}
      {headers && (
        <Toggle icon={headersIcon} label={trans.__('Headers')} {...headers} />
      )}
      {links && (
        <Toggle icon={linkViewsIcon} label={trans.__('Link views')} {...links} />
      )}
      {fit && (
        <ToolButton icon={fitIcon} label={trans.__('Fit')} onClick={() => fit()} />
      )}
    </div>
  );
}

function CutoutShapes(props: {
  readonly shape: ICutoutShape;
  readonly kind: CutoutKind;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { shape, kind, trans } = props;
  const words: Readonly<Record<CutoutKind, string>> = {
    circle: trans.__('Circle'),
    polygon: trans.__('Polygon'),
    range: trans.__('Range')
  };
  return (
    <div className="jp-Obsdeck-QuickLook-shapes">
      <RadioGroup<CutoutKind>
        inline
        label={trans.__('Cutout shape')}
        choices={shape.kinds.map(value => ({ value, label: words[value] }))}
        value={kind}
        onChange={value => shape.setKind(value)}
      />
    </div>
  );
}

interface IToggleProps extends IToggle {
  readonly icon: LabIcon;
  readonly label: string;
}

function Toggle({ icon, label, pressed, off, toggle }: IToggleProps): JSX.Element {
  return (
    <ToolButton
      icon={icon}
      label={label}
      off={off}
      pressed={pressed}
      onClick={() => toggle()}
    />
  );
}

function Tool(props: {
  readonly icon: LabIcon;
  readonly label: string;
  readonly menu: IToolMenu;
}): JSX.Element {
  const { icon, label, menu } = props;
  const open = (button: HTMLElement): void => {
    const { left: x, bottom: y } = button.getBoundingClientRect();
    showMenu(menu.entries(button), { x, y }, () => button.focus());
  };
  return <ToolButton icon={icon} label={label} off={menu.off} popup onClick={open} />;
}

interface IToolButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  /** Why it is disabled; undefined while it is not. */
  readonly off?: string;
  readonly pressed?: boolean;
  readonly popup?: boolean;
  readonly onClick: (button: HTMLElement) => void;
}

function ToolButton(props: IToolButtonProps): JSX.Element {
  const { icon, label, off, pressed, popup, onClick } = props;
  return (
    <button
      type="button"
      className="jp-Obsdeck-QuickLook-tool"
      disabled={off !== undefined}
      title={off ?? label}
      aria-pressed={pressed}
      aria-haspopup={popup ? 'menu' : undefined}
      onClick={event => onClick(event.currentTarget)}
    >
      <icon.react tag="span" />
      <span className="jp-Obsdeck-QuickLook-toolLabel">{label}</span>
      {popup && <caretDownIcon.react tag="span" />}
    </button>
  );
}
