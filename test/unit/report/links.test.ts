import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { openLinks, safeHref } from '../../../src/report/links';
import { anyText } from './arbitraryReport';

describe('safeHref', () => {
  it('lets web and mail addresses through, in normal form', () => {
    assert.equal(safeHref('https://example.com/a b?c="d"'), 'https://example.com/a%20b?c=%22d%22');
    assert.equal(safeHref('http://[2001:db8::1]:8080/'), 'http://[2001:db8::1]:8080/');
    assert.equal(safeHref('mailto:ops@example.com'), 'mailto:ops@example.com');
  });

  it('refuses what could do more, and what is no address', () => {
    for (const url of [
      'javascript:alert(1)',
      ' JAVASCRIPT:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'command:workbench.action.quit',
      'vscode://x',
      '//example.com',
      'example.com',
      '',
    ]) {
      assert.equal(safeHref(url), null);
    }
  });

  it('never holds what could end an attribute or a Markdown destination', () => {
    fc.assert(fc.property(anyText, (text) => !/["'<>`\\\s]/.test(safeHref(`https://example.com/${text}`) ?? '')));
  });
});

describe('openLinks', () => {
  it('gives the links of a report that can be followed from a file', () => {
    const links = openLinks({
      title: '',
      verdict: '',
      status: 'ok',
      blocks: [],
      actions: [
        { kind: 'open', label: 'Docs', url: 'https://example.com' },
        { kind: 'open', label: 'Bad', url: 'javascript:alert(1)' },
        { kind: 'copy', label: 'Copy', text: 'https://example.com' },
      ],
    });
    assert.deepEqual(links, [{ label: 'Docs', href: 'https://example.com/' }]);
  });
});
