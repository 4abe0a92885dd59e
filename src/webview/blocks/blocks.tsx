import { Boundary } from '../parts/boundary';
import { idPart } from '../parts/ids';
import { useReport } from '../state/context';
import type { Block } from '../../report/model';
import { ChartBlockView } from '../chart/chartBlock';
import { TableBlockView } from '../table/tableBlock';
import { FactsBlockView } from './facts';
import { GraphBlockView } from './graph';
import { MapBlockView } from './map';
import { SectionBlockView } from './section';
import { TerminalBlockView } from './terminal';
import { TextBlockView } from './text';
import { TimelineBlockView } from './timeline';

interface Placed {
  readonly block: Block;
  readonly path: string;
}

/** Draws blocks in order; charts that follow one another stand side by side where there is room. */
export function Blocks({ blocks, path }: { blocks: readonly Block[]; path: string }) {
  const groups = grouped(placed(blocks, path));
  return (
    <>
      {groups.map((group) =>
        group.length > 1 ? (
          <div key={group[0]?.path} class="charts">
            {group.map((each) => (
              <OneBlock key={each.path} {...each} />
            ))}
          </div>
        ) : (
          group.map((each) => <OneBlock key={each.path} {...each} />)
        ),
      )}
    </>
  );
}

function OneBlock({ block, path }: Placed) {
  return (
    <Boundary report={useReport()}>
      <BlockView block={block} path={path} />
    </Boundary>
  );
}

function BlockView({ block, path }: Placed) {
  switch (block.kind) {
    case 'facts':
      return <FactsBlockView block={block} />;
    case 'table':
      return <TableBlockView block={block} path={path} />;
    case 'text':
      return <TextBlockView block={block} />;
    case 'terminal':
      return <TerminalBlockView block={block} path={path} />;
    case 'timeline':
      return <TimelineBlockView block={block} path={path} />;
    case 'series':
      return <ChartBlockView block={block} path={path} />;
    case 'graph':
      return <GraphBlockView block={block} path={path} />;
    case 'map':
      return <MapBlockView block={block} path={path} />;
    case 'section':
      return (
        <SectionBlockView block={block} path={path}>
          <Blocks blocks={block.blocks} path={path} />
        </SectionBlockView>
      );
  }
}

/** A path that stays the same from report to report: kind and id or title, and a number only for doubles. */
function placed(blocks: readonly Block[], path: string): readonly Placed[] {
  const times = new Map<string, number>();
  return blocks.map((block) => {
    const name = 'id' in block ? block.id : (block.title ?? '');
    const own = `${path}/${block.kind}-${idPart(name)}`;
    const time = times.get(own) ?? 0;
    times.set(own, time + 1);
    return { block, path: time === 0 ? own : `${own}~${time}` };
  });
}

function grouped(blocks: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups: Placed[][] = [];
  for (const each of blocks) {
    const last = groups.at(-1);
    if (each.block.kind === 'series' && last?.[0]?.block.kind === 'series') last.push(each);
    else groups.push([each]);
  }
  return groups;
}
