import { applyPatchTool, previewPatchTool } from './patchTools';
import { showTool } from './showTools';
import { backupsTool, emptyBackupsTool, planTool, syncTool, undoTool } from './syncTools';
import { outputsTool, textsTool } from './textsTools';
import { directoriesTool, manifestTool } from './treeTools';

export const tools = {
  'compare.directories': directoriesTool,
  'compare.manifest': manifestTool,
  'compare.outputs': outputsTool,
  'compare.show': showTool,
  'compare.texts': textsTool,
  'compare.plan': planTool,
  'compare.sync': syncTool,
  'compare.undo': undoTool,
  'compare.backups': backupsTool,
  'compare.emptyBackups': emptyBackupsTool,
  'compare.previewPatch': previewPatchTool,
  'compare.applyPatch': applyPatchTool,
};
