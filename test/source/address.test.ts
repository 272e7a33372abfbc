import { describe, expect, it } from 'vitest';
import { addressInWords } from '../../src/address.js';
import {
  addressName,
  checkAddress,
  checkRedirect,
  downloadAddress,
  isPrivateIp,
} from '../../src/source/opening/address.js';

const SHEET = 'https://docs.google.com/spreadsheets/d/1AbC-_d';

describe('addresses', () => {
  it.each([
    [`${SHEET}/edit#gid=42`, `${SHEET}/export?format=csv&gid=42`],
    [`${SHEET}/edit?usp=sharing`, `${SHEET}/export?format=csv`],
    [SHEET, `${SHEET}/export?format=csv`],
    [
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pubhtml',
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=csv',
    ],
    [`${SHEET}/copy`, `${SHEET}/export?format=csv`],
    [`${SHEET}/htmlview/sheet?headers=true&gid=7`, `${SHEET}/export?format=csv&gid=7`],
    ['https://docs.google.com/spreadsheets/u/1/d/1AbC-_d/edit?gid=0#gid=0', `${SHEET}/export?format=csv&gid=0`],
    [
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pubhtml?gid=7&single=true',
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=csv&gid=7&single=true',
    ],
    [
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=xlsx',
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=xlsx',
    ],
    ['https://drive.google.com/file/d/1x-Y/view?usp=sharing', 'https://drive.google.com/uc?export=download&id=1x-Y'],
    ['https://drive.google.com/open?id=1x-Y', 'https://drive.google.com/uc?export=download&id=1x-Y'],
    ['https://github.com/o/r/blob/main/a/b%20c.csv', 'https://raw.githubusercontent.com/o/r/main/a/b%20c.csv'],
    ['https://gitlab.com/o/r/-/blob/main/a.csv', 'https://gitlab.com/o/r/-/raw/main/a.csv'],
    ['https://acme.sharepoint.com/:x:/s/x/Eabc?e=1', 'https://acme.sharepoint.com/:x:/s/x/Eabc?e=1&download=1'],
    ['https://www.dropbox.com/s/x/a.csv?dl=0', 'https://www.dropbox.com/s/x/a.csv?dl=1'],
    [
      'https://onedrive.live.com/embed?resid=AB!1&authkey=!X',
      'https://onedrive.live.com/download?resid=AB!1&authkey=!X',
    ],
    ['https://onedrive.live.com/view.aspx?resid=AB!1', 'https://onedrive.live.com/view.aspx?resid=AB!1'],
    ['https://app.box.com/s/abc', 'https://app.box.com/s/abc'],
    ['https://example.com/a.csv?x=1', 'https://example.com/a.csv?x=1'],
  ])('%s is fetched as %s', (given, fetched) => expect(downloadAddress(new URL(given)).href).toBe(fetched));

  it('keep their state under a name, and show no query', () => {
    expect(addressName(`${SHEET}/edit#gid=42`)).toBe('sheet-1AbC-_d-42');
    expect(addressName('https://example.com/out/My%20List.csv?token=secret')).toBe('My-List.csv');
    expect(addressName('https://example.com/..')).toBe('example.com');
    expect(addressInWords('https://example.com/a.csv?token=secret')).toBe('https://example.com/a.csv');
  });

  it('http: only to this machine, and no password in the address', () => {
    expect(checkAddress('http://127.0.0.1:8080/a.csv').port).toBe('8080');
    for (const address of ['http://example.com/a.csv', 'https://u:p@example.com/a.csv', 'https://']) {
      expect(() => checkAddress(address)).toThrow(expect.objectContaining({ code: 'usage' }));
    }
  });

  it('lead to no private address, and never out of https:', () => {
    const from = new URL('https://example.com/a.csv');
    const refused = [
      'https://127.0.0.1/',
      'https://localhost/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://169.254.169.254/',
    ];
    for (const to of [
      ...refused,
      'https://[fd00::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[::127.0.0.1]/',
      'https://[2002:7f00:1::]/',
      'https://2130706433/',
      'https://0177.0.0.1/',
      'https://0x7f.1/',
      'https://127.1/',
      'https://localhost./',
      'https://a.localhost/',
      'http://example.org/',
      'file:///etc/passwd',
    ]) {
      expect(() => checkRedirect(from, new URL(to)), to).toThrow(/is not followed/);
    }
    checkRedirect(from, new URL('https://example.org/b.csv'));
    expect(['8.8.8.8', '2001:4860:4860::8888', '172.32.0.1', '100.128.0.1'].map(isPrivateIp)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['172.16.0.1', '100.64.0.1', '192.168.1.1', '0.0.0.0', 'fe80::1', '::'].every(isPrivateIp)).toBe(true);
  });
});
