import * as l10n from '@vscode/l10n';
import { useId, useMemo, useRef } from 'preact/hooks';
import { type DrawnEdge, type DrawnNode, layoutGraph } from '../../report/drawing/graph';
import { statusWord } from '../../report/format';
import type { GraphBlock, GraphNode } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { edgesTable, nodesTable } from '../../report/twins';
import { BlockTitle } from '../parts/blockTitle';
import { SvgStatus } from '../parts/svgStatus';
import { Twin } from '../parts/twin';
import { useWidth } from '../parts/useWidth';
import { useSession } from '../state/context';

const PADDING_PX = 12;
const ICON_PX = 20;

/** Boxes and arrows; it scrolls where it is wider than the page. */
export function GraphBlockView({ block, path }: { block: GraphBlock; path: string }) {
  const drawing = useMemo(() => layoutGraph(block), [block]);
  const host = useRef<HTMLDivElement>(null);
  const isScrolled = drawing.width > useWidth(host);
  const arrow = `arrow${useId()}`;
  const name = block.title ?? l10n.t('Graph');
  return (
    <section class="block">
      {block.title === undefined ? null : (
        <div class="block-head">
          <BlockTitle title={block.title} />
        </div>
      )}
      <div ref={host} class="drawing-scroller" tabIndex={isScrolled ? 0 : undefined} role="group" aria-label={name}>
        <svg class="drawing" width={drawing.width} height={drawing.height}>
          <defs>
            <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path class="arrow" d="M0,0 L8,4 L0,8 z" />
            </marker>
          </defs>
          {drawing.edges.map((edge, index) => (
            <Edge key={index} drawn={edge} arrow={arrow} />
          ))}
          {drawing.nodes.map((node) => (
            <Node key={node.id} drawn={node} />
          ))}
        </svg>
      </div>
      <Twin path={path} title={block.title} tables={() => [nodesTable(block), edgesTable(block)]} />
    </section>
  );
}

function Edge({ drawn, arrow }: { drawn: DrawnEdge; arrow: string }) {
  const { edge, label } = drawn;
  return (
    <g class={`edge edge-${edge.status ?? 'plain'}`} aria-hidden="true">
      <path d={drawn.path} marker-end={`url(#${arrow})`} />
      {label === undefined ? null : (
        <text class="edge-label" x={label.x} y={label.y} text-anchor="middle" dominant-baseline="central">
          <title>{visibleLine(edge.label ?? '')}</title>
          {visibleLine(label.text)}
        </text>
      )}
    </g>
  );
}

/** A button where it has an action; otherwise a picture with a name. */
function Node({ drawn }: { drawn: DrawnNode }) {
  const { post } = useSession();
  const { action, status } = drawn.node;
  const place = `translate(${drawn.x} ${drawn.y})`;
  const look = `node node-${status ?? 'plain'}`;
  if (action === undefined) {
    return (
      <g class={look} role="img" aria-label={nodeName(drawn.node)} transform={place}>
        <NodeBox drawn={drawn} />
      </g>
    );
  }
  const run = (): void => post({ kind: 'action', index: action });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    run();
  };
  // In SVG the attribute's name is written small. The button is named by what stands in it.
  return (
    <g class={`${look} node-action`} role="button" tabindex={0} onClick={run} onKeyDown={onKey} transform={place}>
      <NodeBox drawn={drawn} />
    </g>
  );
}

function NodeBox({ drawn }: { drawn: DrawnNode }) {
  const { status } = drawn.node;
  const labelY = drawn.detail === undefined ? drawn.height / 2 : 18;
  const textX = PADDING_PX + (status === undefined ? 0 : ICON_PX);
  return (
    <>
      <rect width={drawn.width} height={drawn.height} rx={4}>
        <title>{nodeName(drawn.node)}</title>
      </rect>
      {status === undefined ? null : <SvgStatus status={status} x={PADDING_PX} y={labelY} />}
      <text class="node-label" x={textX} y={labelY} dominant-baseline="central">
        {visibleLine(drawn.label)}
      </text>
      {drawn.detail === undefined ? null : (
        <text class="node-detail" x={PADDING_PX} y={36} dominant-baseline="central">
          {visibleLine(drawn.detail)}
        </text>
      )}
    </>
  );
}

function nodeName(node: GraphNode): string {
  const parts = [node.label, node.detail, node.status === undefined ? undefined : statusWord(node.status)];
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => visibleLine(part ?? ''))
    .join(', ');
}
