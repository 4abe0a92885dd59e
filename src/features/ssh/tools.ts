import { hostsTool } from './hostTools';
import { generateKeyTool, installKeyTool, keysTool, removeKeyTool } from './keyTools';
import { forgetHostTool, hashKnownHostsTool, knownHostsTool, restoreKnownHostsTool } from './knownHostsTools';

export const tools = {
  'ssh.hosts': hostsTool,
  'ssh.keys': keysTool,
  'ssh.generateKey': generateKeyTool,
  'ssh.installKey': installKeyTool,
  'ssh.removeKey': removeKeyTool,
  'ssh.knownHosts': knownHostsTool,
  'ssh.forgetHost': forgetHostTool,
  'ssh.hashKnownHosts': hashKnownHostsTool,
  'ssh.restoreKnownHosts': restoreKnownHostsTool,
};
