import * as fs from 'node:fs';
import * as path from 'node:path';
import { canInstall, install } from './apt';
import type { CommandContext } from './command';
import { findProgram } from './program';
import { announced, Trouble } from './terminal';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((variable) => process.env[variable])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** For a machine without a way out, and for root. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chrome-like browser: the one that OPSDECK_BROWSER names, one of the PATH, one of the usual places. */
export function findBrowser(): string | undefined {
  const given = process.env['OPSDECK_BROWSER'];
  if (given !== undefined && given !== '') {
    const program = fs.existsSync(given) ? given : findProgram(given);
    if (program === undefined) throw new Trouble(`OPSDECK_BROWSER names "${given}", which does not exist.`);
    return program;
  }
  const inPath = names.map(findProgram).find((program) => program !== undefined);
  return inPath ?? usualPlaces[process.platform]?.find((file) => fs.existsSync(file));
}

/** Finds a browser; as root on Debian and its like, installs one. */
export async function ensureBrowser(context: CommandContext): Promise<string> {
  const present = findBrowser();
  if (present !== undefined) return present;
  if (canInstall()) {
    const packages = ['chromium', 'fonts-noto-cjk'];
    await announced(`Installing Chromium (apt-get install ${packages.join(' ')})`, () => install(context, packages));
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Trouble(
    'A Chrome-like browser is needed: install Chromium, Google Chrome or Microsoft Edge, or name one in OPSDECK_BROWSER.',
  );
}
