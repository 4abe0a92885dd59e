import { runBench } from '../../test/bench/index';
import { runCommand } from './command';
import { say } from './terminal';

/** `npm run bench`, or `npm run bench -- ssh` for a part: what it measures lies in test/bench, which nothing that is shipped sees. */
void runCommand(async (context) => {
  say(await runBench(context, process.argv.slice(2)));
  return 0;
});
