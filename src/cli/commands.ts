import { ExpectedError, isCancelled, messageOf } from '../lib/errors';
import { inLanguage } from '../tool/manifest';
import { findTool, toolsOf, type ToolEntry } from '../tool/registry';
import { helpText, listText, toolHelp, usageText } from './help';
import { useLanguage } from './language';
import { packageVersion } from './packageFile';
import { runOnce } from './runOnce';
import type { ExitCode, Shell } from './shell';

/** `opsdeck list`, `opsdeck help [TOOL]`, `opsdeck TOOL [--flag value …]`. Never throws. */
export async function runCommandLine(words: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    useLanguage(shell.language);
    return await dispatch(words, toolsOf(shell.features), shell);
  } catch (error) {
    if (isCancelled(error) || shell.signal.aborted) return 130;
    const text =
      error instanceof ExpectedError ? error.message : error instanceof Error ? error.stack : messageOf(error);
    shell.err(`opsdeck: ${text}\n`);
    if (error instanceof ExpectedError && error.code === 'usage') shell.err(`${usageText()}\n`);
    return 2;
  }
}

async function dispatch(words: readonly string[], tools: readonly ToolEntry[], shell: Shell): Promise<ExitCode> {
  const [first, ...rest] = words;
  switch (first) {
    case undefined:
    case '--help':
    case '-h':
      shell.out(helpText());
      return 0;
    case '--version':
      shell.out(`${packageVersion()}\n`);
      return 0;
    case 'list':
      shell.out(listText(tools, shell.language));
      return 0;
    case 'help': {
      const id = rest[0];
      shell.out(id === undefined ? helpText() : await toolHelp(findTool(tools, id), rest.slice(1), shell.language));
      return 0;
    }
    default: {
      const entry = findTool(tools, first);
      if (rest.includes('--help')) {
        shell.out(await toolHelp(entry, [], shell.language));
        return 0;
      }
      return runOnce(entry, rest, shell, inLanguage(entry.manifest.title, shell.language));
    }
  }
}
