import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import * as net from 'node:net';
import * as path from 'node:path';
import type { PrivateFolder } from './privateFolder';

/** A question of ssh, as it has it for its askpass program (ssh(1), SSH_ASKPASS). */
export interface AskpassQuestion {
  readonly prompt: string;
  /** SSH_ASKPASS_PROMPT: 'none' only tells something, 'confirm' wants a yes or no by exit status; '' wants text. */
  readonly hint: string;
}

/** The answer, or null: none. It goes to ssh over a pipe, never by an argument, a file or the environment. */
export type AskpassAnswer = (question: AskpassQuestion) => Promise<string | null>;

export interface AskpassServer {
  /** For the environment of ssh. The token only keeps out who cannot look into it; the folder keeps out the others. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

const TOKEN_NAME = 'OPSDECK_ASK_TOKEN';
/** A prompt is some lines; nobody sends more. */
const MAX_QUESTION_BYTES = 65_536;

/** Run by ssh with its question as the first argument. */
const CLIENT = `'use strict';
const socket = require('node:net').connect(require('node:path').join(__dirname, 'ask'));
const question = {
  token: process.env.${TOKEN_NAME},
  prompt: process.argv[2] || '',
  hint: process.env.SSH_ASKPASS_PROMPT || '',
};
let text = '';
socket.setEncoding('utf8');
socket.on('error', () => process.exit(1));
socket.on('data', (chunk) => (text += chunk));
socket.on('end', () => {
  const { answer } = text === '' ? {} : JSON.parse(text);
  if (typeof answer !== 'string') process.exit(1);
  process.stdout.write(answer + '\\n', () => process.exit(0));
});
socket.write(JSON.stringify(question) + '\\n');
`;

/** Writes the askpass program into the folder and answers what it asks, one question after the other. */
export async function serveAskpass(
  folder: PrivateFolder,
  nodeProgram: string,
  answer: AskpassAnswer,
): Promise<AskpassServer> {
  const script = path.join(folder.path, 'askpass');
  const client = path.join(folder.path, 'askpass.js');
  await fs.writeFile(client, CLIENT, { mode: 0o600 });
  // Electron is Node only when it is told so.
  const line = `ELECTRON_RUN_AS_NODE=1 exec ${shellWord(nodeProgram)} ${shellWord(client)} "$1"`;
  await fs.writeFile(script, `#!/bin/sh\n${line}\n`, { mode: 0o700 });
  const token = randomBytes(24).toString('hex');
  const server = net.createServer((socket) => void serve(socket, token, answer));
  server.on('error', () => undefined).listen(folder.askSocket);
  await once(server, 'listening');
  return {
    env: { SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force', [TOKEN_NAME]: token },
    close: () => void server.close(),
  };
}

async function serve(socket: net.Socket, token: string, answer: AskpassAnswer): Promise<void> {
  socket.on('error', () => undefined);
  try {
    const question = await readQuestion(socket, token);
    const text = question === null ? null : await answer(question);
    socket.end(text === null ? '' : JSON.stringify({ answer: text }));
  } catch {
    // No answer is one, too: whoever answers tells himself why there is none.
    socket.destroy();
  }
}

async function readQuestion(socket: net.Socket, token: string): Promise<AskpassQuestion | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_QUESTION_BYTES) return null;
    if (chunk.includes(0x0a)) return parse(Buffer.concat(chunks).toString('utf8'), token);
  }
}

function parse(text: string, token: string): AskpassQuestion | null {
  const value = JSON.parse(text) as Partial<Record<string, unknown>>;
  if (typeof value['prompt'] !== 'string' || typeof value['hint'] !== 'string') return null;
  return isSame(String(value['token']), token) ? { prompt: value['prompt'], hint: value['hint'] } : null;
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
