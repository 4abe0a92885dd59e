import { directoriesTool, manifestTool } from './treeTools';

export const tools = {
  'compare.directories': directoriesTool,
  'compare.manifest': manifestTool,
};
