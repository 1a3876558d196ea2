import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { extractFunction } from '../../../../scripts/local/lambda/extract-function.ts';
import { unzip } from '../../../../scripts/local/lambda/unzip.ts';
import { temporaryDirectory } from './temporary-function.ts';

interface File {
  readonly name: string;
  readonly text: string;
  readonly isDeflated: boolean;
}

const header = (signature: string, bytes: number): Buffer =>
  Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.alloc(bytes - 4)]);

const zip = (files: readonly File[]): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, text, isDeflated } of files) {
    const content = isDeflated ? deflateRawSync(text) : Buffer.from(text);
    const entry = header('PK\x01\x02', 46);
    entry.writeUInt16LE(isDeflated ? 8 : 0, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(Buffer.concat(locals).length, 42);
    directory.push(entry, Buffer.from(name));
    const local = header('PK\x03\x04', 30);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(3, 28);
    locals.push(local, Buffer.from(name), Buffer.from('???'), content);
  }
  const end = header('PK\x05\x06', 22);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...directory, end]);
};

test('stored and deflated files come out as they went in', () => {
  const files = unzip(
    zip([
      { name: 'index.js', text: 'exports.a = 1;'.repeat(100), isDeflated: true },
      { name: 'folder/', text: '', isDeflated: false },
      { name: 'folder/data.json', text: '{}', isDeflated: false },
    ]),
  );
  expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
    ['index.js', 'exports.a = 1;'.repeat(100)],
    ['folder/data.json', '{}'],
  ]);
});

test('what is no archive is said to be none', () => {
  expect(() => unzip(Buffer.from('hello'))).toThrow('not a zip archive');
});

test('a function is extracted with its folders, and removed again', async () => {
  const directory = await temporaryDirectory('');
  const path = join(directory, 'function.zip');
  await writeFile(path, zip([{ name: 'a/index.js', text: 'exports', isDeflated: true }]));
  const extracted = await extractFunction(path);
  onTestFinished(() => rm(extracted.directory, { recursive: true, force: true }));
  expect(await readFile(join(extracted.directory, 'a/index.js'), 'utf8')).toBe('exports');
  await extracted.remove();
  await expect(readFile(join(extracted.directory, 'a/index.js'))).rejects.toThrow('ENOENT');
});
