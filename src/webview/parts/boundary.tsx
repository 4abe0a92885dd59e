import * as l10n from '@vscode/l10n';
import { Component, type ComponentChildren } from 'preact';
import type { Report } from '../../report/model';
import { SessionContext } from '../state/context';
import { Icon } from './icon';

interface BoundaryProps {
  /** A new report is a new chance. */
  readonly report: Report | null;
  readonly children: ComponentChildren;
}

interface BoundaryState {
  readonly failure: string | null;
  readonly report: Report | null;
}

/** Keeps an error in one part from blanking the rest, and leads to the text form, which needs no drawing. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failure: null, report: this.props.report };

  static override getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return props.report === state.report ? null : { failure: null, report: props.report };
  }

  static override getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render() {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <SessionContext.Consumer>
        {(session) => (
          <div class="notice notice-error" role="alert">
            <Icon name="error" className="status status-error" />
            <div>
              <p>{l10n.t('This part of the report could not be drawn: {0}', failure)}</p>
              <button type="button" class="button" onClick={() => session?.post({ kind: 'openAsText' })}>
                {l10n.t('Open as Text')}
              </button>
            </div>
          </div>
        )}
      </SessionContext.Consumer>
    );
  }
}
