import * as fs from 'node:fs';
import { runCommand } from './command';
import { generatedFiles } from './manifest';
import { inProject, projectRoot } from './project';
import { say } from './terminal';

/** `npm run generate` */
void runCommand(() => {
  for (const [file, content] of generatedFiles(projectRoot)) {
    if (fs.existsSync(inProject(file)) && fs.readFileSync(inProject(file), 'utf8') === content) continue;
    fs.writeFileSync(inProject(file), content);
    say(`${file} was written anew.`);
  }
  return Promise.resolve(0);
});
