import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ComparisonInput } from './comparison';
import { shortPlace } from './places';

const key = 'comparisons';
const kept = 30;

interface Past {
  readonly input: ComparisonInput;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
}

/** The comparisons of this workspace, newest first. */
export class ComparisonHistory {
  constructor(private readonly memory: vscode.Memento) {}

  list(): readonly Past[] {
    return this.memory.get<readonly Past[]>(key, []);
  }

  async add(input: ComparisonInput): Promise<void> {
    await this.memory.update(key, [{ input, atMs: Date.now() }, ...this.without(input)].slice(0, kept));
  }

  async remove(input: ComparisonInput): Promise<void> {
    await this.memory.update(key, this.without(input));
  }

  private without(input: ComparisonInput): readonly Past[] {
    const text = JSON.stringify(input);
    return this.list().filter((past) => JSON.stringify(past.input) !== text);
  }
}

interface PastItem extends vscode.QuickPickItem {
  readonly input?: ComparisonInput;
}

/** The one that is to be run again; those whose button is pressed are removed. */
export function pickPast(history: ComparisonHistory): Promise<ComparisonInput | undefined> {
  const box = vscode.window.createQuickPick<PastItem>();
  box.title = l10n.t('Comparisons of This Workspace');
  box.placeholder = l10n.t('Choose one to run it again');
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  const fill = (): void => {
    const items = history.list().map(itemOf);
    box.items = items.length > 0 ? items : [{ label: l10n.t('Nothing was compared in this workspace yet.') }];
  };
  fill();
  return new Promise((resolve) => {
    box.onDidTriggerItemButton(async ({ item }) => {
      if (item.input !== undefined) await history.remove(item.input);
      fill();
    });
    box.onDidAccept(() => {
      resolve(box.activeItems[0]?.input);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function itemOf({ input, atMs }: Past): PastItem {
  const { left, right, ...options } = input;
  const time = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' }).format(atMs);
  const chosen = Object.entries(options).map(([name, value]) => `${name}: ${String(value)}`);
  return {
    label: l10n.t('{0} ↔ {1}', shortPlace(left), shortPlace(right)),
    description: [time, ...chosen].join(' · '),
    detail: `${left} ↔ ${right}`,
    buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Remove from the list') }],
    input,
  };
}

/** What is compared with what, the other way round. */
export function swapped({ left, right, ...options }: ComparisonInput): ComparisonInput {
  return { left: right, right: left, ...options };
}
