/**
 * Takes the place of @vscode/native-watchdog in the editor that tests and `npm start` use: its binary needs a
 * compiler. It ends an extension host whose parent has died; here the whole process group is ended.
 */
'use strict';

exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);
