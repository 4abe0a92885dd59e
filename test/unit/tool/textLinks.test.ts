import * as assert from 'node:assert/strict';
import { manifest } from '../../../src/features/system/manifest';
import type { TextLinkManifest } from '../../../src/tool/manifest';
import { linksIn } from '../../../src/tool/textLinks';

const links: readonly TextLinkManifest[] = manifest.textLinks;

describe('links in text', () => {
  const messages: readonly (readonly [string, number])[] = [
    ['Error: listen EADDRINUSE: address already in use :::3000', 3000],
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:8080', 8080],
    ['listen tcp :9090: bind: address already in use', 9090],
    ['listen tcp 0.0.0.0:443: bind: address already in use', 443],
    ['nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', 80],
    ['nginx: [emerg] bind() to [::]:8443 failed (98: Address already in use)', 8443],
    ['Error: Port 5173 is already in use', 5173],
    ['Web server failed to start. Port 8081 was already in use.', 8081],
    ['Bind for 0.0.0.0:5432 failed: port is already allocated', 5432],
    ["[Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use", 8000],
    ['java.net.BindException: Address already in use: bind 0.0.0.0:7001', 7001],
  ];
  for (const [text, port] of messages) {
    it(`leads from "${text}" to port ${port}`, () => {
      const found = linksIn(text, links);
      assert.equal(found.length, 1);
      assert.deepEqual(found[0]?.input, { port });
      assert.equal(found[0]?.manifest.tool, 'system.sockets');
    });
  }

  it('leaves other texts alone', () => {
    for (const text of ['', 'port 3000 is open', 'the address 10.0.0.1:80 answers', 'at 12:30 the address is in use']) {
      assert.deepEqual(linksIn(text, links), []);
    }
  });

  it('finds every one from left to right, and each place once', () => {
    const text = 'Port 1 is already in use\nEADDRINUSE :::2\nPort 3 is already in use';
    assert.deepEqual(
      linksIn(text, links).map((link) => link.input['port']),
      [1, 2, 3],
    );
  });

  it('ends soon on text made to be slow', () => {
    const text = `EADDRINUSE${' '.repeat(50_000)}:${'bind() to '.repeat(20_000)}`;
    assert.deepEqual(linksIn(text, links), []);
  });
});
