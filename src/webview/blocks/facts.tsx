import type { Fact, FactsBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { textWidth } from '../../report/textWidth';
import { BlockTitle } from '../parts/blockTitle';
import { CellView } from '../parts/cell';
import { CopyButton } from '../parts/copyButton';
import { useSession } from '../state/context';

/** Up to these widths of the widest value, in characters, three or two columns are tried. */
const NARROW_CHARACTERS = 18;
const MEDIUM_CHARACTERS = 30;
const WIDE_CHARACTERS = 48;

/** Labels and values in as many columns as there is room for; they are read downwards. */
export function FactsBlockView({ block }: { block: FactsBlock }) {
  const { format } = useSession();
  const widths = block.items.map((fact) => textWidth(format.cell(fact.value, fact.unit)));
  const size = sizeFor(widths.reduce((most, width) => Math.max(most, width), 0));
  return (
    <section class="block">
      {block.title === undefined ? null : (
        <div class="block-head">
          <BlockTitle title={block.title} />
        </div>
      )}
      <dl class={`facts facts-${size}`}>
        {block.items.map((fact, index) => (
          <FactView key={`${fact.label} ${index}`} fact={fact} />
        ))}
      </dl>
    </section>
  );
}

function sizeFor(widest: number): string {
  if (widest <= NARROW_CHARACTERS) return 'narrow';
  if (widest <= MEDIUM_CHARACTERS) return 'medium';
  return widest <= WIDE_CHARACTERS ? 'wide' : 'full';
}

function FactView({ fact }: { fact: Fact }) {
  const { format } = useSession();
  const label = visibleLine(fact.label);
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>
        <span class={fact.code === true ? 'fact-value code' : 'fact-value'}>
          <CellView cell={fact.value} unit={fact.unit} />
        </span>
        {fact.note === undefined ? null : <span class="fact-note">{visibleLine(fact.note)}</span>}
        {fact.value === null ? null : <CopyButton text={format.cell(fact.value, fact.unit)} what={label} />}
      </dd>
    </div>
  );
}
