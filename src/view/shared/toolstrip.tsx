import * as React from 'react';

/** Properties of {@link ToolStrip}. */
export interface IToolStripProps {
  /** Accessible name of the toolbar. */
  readonly label: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

const TOOLS = 'button:not([disabled]), [role="radio"]';

/** A toolbar that is one stop of the Tab key; arrows, Home and End go from tool to tool. */
export function ToolStrip({
  label,
  className,
  children
}: IToolStripProps): JSX.Element {
  const ref = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const all = toolsOf(ref.current);
    const current = all.find(tool => tool.tabIndex === 0) ?? all[0];
    all.forEach(tool => (tool.tabIndex = tool === current ? 0 : -1));
  });
  return (
    <div
      ref={ref}
      role="toolbar"
      aria-label={label}
      className={`jp-Obsdeck-ToolStrip ${className ?? ''}`}
      onKeyDown={event => go(event, toolsOf(ref.current))}
      onFocus={({ target }) => {
        const all = toolsOf(ref.current);
        if (all.includes(target as HTMLElement)) {
          all.forEach(tool => (tool.tabIndex = tool === target ? 0 : -1));
        }
      }}
    >
      {children}
    </div>
  );
}

function toolsOf(strip: HTMLElement | null): HTMLElement[] {
  return [...(strip?.querySelectorAll<HTMLElement>(TOOLS) ?? [])];
}

function go(event: React.KeyboardEvent, tools: readonly HTMLElement[]): void {
  const at = tools.indexOf(event.target as HTMLElement);
  const last = tools.length - 1;
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last
  }[event.key];
  if (at >= 0 && to !== undefined) {
    event.preventDefault();
    tools[to].focus();
  }
}
