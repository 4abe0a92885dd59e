import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { visibleLine } from '../../report/plainText';

/** 2 for the blocks of a report, one more inside each section. */
export const HeadingLevel = createContext(2);

export function BlockTitle({ title }: { title: string | undefined }) {
  const level = Math.min(6, useContext(HeadingLevel));
  const Heading = `h${level}` as 'h2';
  return title === undefined ? null : <Heading class="block-title">{visibleLine(title)}</Heading>;
}
