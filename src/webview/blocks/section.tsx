import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { SectionBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { BlockTitle, HeadingLevel } from '../parts/blockTitle';
import { Icon } from '../parts/icon';
import { StatusIcon } from '../parts/status';
import { useViewState } from '../state/context';

interface SectionProps {
  readonly block: SectionBlock;
  readonly path: string;
  /** Its blocks; drawn only while it is open. */
  readonly children: ComponentChildren;
}

/** A part that folds; whether it is open is kept, and what is folded is not drawn. */
export function SectionBlockView({ block, path, children }: SectionProps) {
  const [isOpen, setOpen] = useViewState(path, isBoolean, block.collapsed !== true);
  const level = useContext(HeadingLevel);
  return (
    <details
      class="section"
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open !== isOpen) setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <Icon name="chevron-right" className="section-mark" />
        {block.status === undefined ? null : <StatusIcon status={block.status} />}
        <BlockTitle title={block.title} />
        {block.summary === undefined ? null : <span class="section-summary">{visibleLine(block.summary)}</span>}
      </summary>
      {isOpen ? (
        <HeadingLevel.Provider value={level + 1}>
          <div class="section-body">{children}</div>
        </HeadingLevel.Provider>
      ) : null}
    </details>
  );
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
