import { checkTool } from './checkTools';
import { hostsTool } from './hostTools';
import { generateKeyTool, installKeyTool, keysTool, removeKeyTool } from './keyTools';
import { forgetHostTool, hashKnownHostsTool, knownHostsTool, restoreKnownHostsTool } from './knownHostsTools';
import { runTool } from './runTools';
import { tunnelTool } from './tunnelTools';
import { downloadTool, transferAcrossTool, uploadTool } from './transferTools';

export const tools = {
  'ssh.hosts': hostsTool,
  'ssh.check': checkTool,
  'ssh.run': runTool,
  'ssh.upload': uploadTool,
  'ssh.download': downloadTool,
  'ssh.transfer': transferAcrossTool,
  'ssh.tunnel': tunnelTool,
  'ssh.keys': keysTool,
  'ssh.generateKey': generateKeyTool,
  'ssh.installKey': installKeyTool,
  'ssh.removeKey': removeKeyTool,
  'ssh.knownHosts': knownHostsTool,
  'ssh.forgetHost': forgetHostTool,
  'ssh.hashKnownHosts': hashKnownHostsTool,
  'ssh.restoreKnownHosts': restoreKnownHostsTool,
};
