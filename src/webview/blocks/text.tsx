import type { TextBlock } from '../../report/model';
import { visibleLines } from '../../report/plainText';
import { BlockTitle } from '../parts/blockTitle';
import { CopyButton } from '../parts/copyButton';
import { StatusIcon } from '../parts/status';

export function TextBlockView({ block }: { block: TextBlock }) {
  const text = visibleLines(block.text);
  return (
    <section class="block">
      {block.title === undefined ? null : (
        <div class="block-head">
          <BlockTitle title={block.title} />
        </div>
      )}
      <div class={`text text-${block.style}`}>
        {block.status === undefined ? null : <StatusIcon status={block.status} />}
        {block.style === 'code' ? (
          <>
            {/* A long line scrolls, so it must be reachable by keys. */}
            <pre tabIndex={0}>{text}</pre>
            <CopyButton text={block.text} what={block.title ?? ''} />
          </>
        ) : (
          <p>{text}</p>
        )}
      </div>
    </section>
  );
}
