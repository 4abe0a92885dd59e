import { textsTool } from './textsTools';
import { directoriesTool, manifestTool } from './treeTools';

export const tools = {
  'compare.directories': directoriesTool,
  'compare.manifest': manifestTool,
  'compare.texts': textsTool,
};
