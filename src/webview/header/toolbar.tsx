import * as l10n from '@vscode/l10n';
import { useRef, useState } from 'preact/hooks';
import type { ExportFormat, RunState } from '../../report/protocol';
import { Icon } from '../parts/icon';
import { Menu } from '../parts/menu';
import type { MenuPoint } from '../parts/popup';
import { useSession } from '../state/context';

interface Tool {
  /** Stays the same where a button changes what it does, so that it keeps the focus. */
  readonly id: string;
  readonly icon: string;
  readonly label: string;
  readonly hasMenu?: boolean;
  run(): void;
}

/** One tab stop; arrows, Home and End go from button to button. */
export function Toolbar({ state, hasReport }: { state: RunState; hasReport: boolean }) {
  const session = useSession();
  const [current, setCurrent] = useState('run');
  const [menuAt, setMenuAt] = useState<MenuPoint | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const openExport = (): void => {
    const box = buttonsOf(bar.current)
      .find((button) => button.dataset['tool'] === 'export')
      ?.getBoundingClientRect();
    if (box !== undefined) setMenuAt({ x: box.left, y: box.bottom + 2 });
  };
  const tools = toolsFor(state, hasReport, session.post, openExport);
  const stop = tools.some((tool) => tool.id === current) ? current : 'run';
  return (
    <div
      ref={bar}
      class="toolbar"
      role="toolbar"
      aria-label={l10n.t('Report')}
      onKeyDown={(event) => onKey(event, bar.current)}
    >
      {tools.map((tool) => (
        <button
          key={tool.id}
          type="button"
          class="tool-button"
          data-tool={tool.id}
          tabIndex={tool.id === stop ? 0 : -1}
          title={tool.label}
          aria-label={tool.label}
          aria-haspopup={tool.hasMenu === true ? 'menu' : undefined}
          aria-expanded={tool.hasMenu === true ? menuAt !== null : undefined}
          onFocus={() => setCurrent(tool.id)}
          onClick={(event) => {
            // The second click of a double click would cancel what the first one began.
            if (event.detail < 2) tool.run();
          }}
        >
          <Icon name={tool.icon} />
          <span class="tool-label">{tool.label}</span>
          {tool.hasMenu === true ? <Icon name="chevron-down" className="small" /> : null}
        </button>
      ))}
      {menuAt === null ? null : (
        <ExportMenu
          at={menuAt}
          close={(returnFocus) => {
            setMenuAt(null);
            if (returnFocus)
              buttonsOf(bar.current)
                .find((button) => button.dataset['tool'] === 'export')
                ?.focus();
          }}
        />
      )}
    </div>
  );
}

function ExportMenu({ at, close }: { at: MenuPoint; close: (returnFocus: boolean) => void }) {
  const { post } = useSession();
  const formats: readonly (readonly [ExportFormat, string])[] = [
    ['markdown', 'Markdown'],
    ['html', 'HTML'],
    ['csv', 'CSV'],
    ['json', 'JSON'],
  ];
  const items = formats.map(([format, label]) => ({ label, run: () => post({ kind: 'export', format }) }));
  return <Menu label={l10n.t('Export')} items={items} at={at} close={close} />;
}

function toolsFor(
  state: RunState,
  hasReport: boolean,
  post: ReturnType<typeof useSession>['post'],
  openExport: () => void,
): readonly Tool[] {
  const run: Tool =
    state === 'running'
      ? { id: 'run', icon: 'debug-stop', label: l10n.t('Cancel'), run: () => post({ kind: 'cancel' }) }
      : { id: 'run', icon: 'refresh', label: l10n.t('Run Again'), run: () => post({ kind: 'runAgain' }) };
  const pause: readonly Tool[] =
    state === 'live'
      ? [{ id: 'pause', icon: 'debug-pause', label: l10n.t('Pause'), run: () => post({ kind: 'pause' }) }]
      : state === 'paused'
        ? [{ id: 'pause', icon: 'play', label: l10n.t('Resume'), run: () => post({ kind: 'resume' }) }]
        : [];
  if (!hasReport) return [run, ...pause];
  return [
    run,
    ...pause,
    { id: 'copy', icon: 'copy', label: l10n.t('Copy'), run: () => post({ kind: 'copyReport' }) },
    { id: 'export', icon: 'export', label: l10n.t('Export'), hasMenu: true, run: openExport },
    { id: 'text', icon: 'go-to-file', label: l10n.t('Open as Text'), run: () => post({ kind: 'openAsText' }) },
  ];
}

function buttonsOf(bar: HTMLElement | null): HTMLElement[] {
  return [...(bar?.querySelectorAll<HTMLElement>('[data-tool]') ?? [])];
}

function onKey(event: KeyboardEvent, bar: HTMLElement | null): void {
  const buttons = buttonsOf(bar);
  const current = buttons.findIndex((button) => button === document.activeElement);
  if (current < 0) return;
  const last = buttons.length - 1;
  const target = {
    ArrowRight: current === last ? 0 : current + 1,
    ArrowLeft: current === 0 ? last : current - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (event.key === 'ArrowDown' && buttons[current]?.getAttribute('aria-haspopup') === 'menu') {
    buttons[current].click();
  } else if (target === undefined) return;
  else buttons[target]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
