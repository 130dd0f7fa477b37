/** The catalogue keeps to the facts of the real images. */
import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { readLayer } from '../../oci/layer.ts';
import { buildImage } from './build.ts';
import { catalogue } from './catalogue.ts';
import { CatalogueStore } from './store.ts';

const find = (repository: string, tag: string) => {
  const found = catalogue().filter((image) => image.repository === `library/${repository}` && image.tags.includes(tag));
  expect(found).toHaveLength(1);
  return found[0];
};

test.each([
  // repository, tag, layers, bytes on disk
  ['hello-world', 'latest', 1, 10_072],
  ['alpine', '3.24', 1, 8_530_000],
  ['debian', 'bookworm-slim', 1, 74_800_000],
  ['ubuntu', '24.04', 1, 78_100_000],
  ['nginx', 'latest', 7, 161_300_000],
  ['redis', 'latest', 7, 155_000_000],
  ['httpd', 'latest', 6, 117_000_000],
])('%s:%s', (repository, tag, layers, size) => {
  const image = find(repository, tag);
  const sizes = image.steps.flatMap((step) => (step.layer ? [step.size] : []));
  expect(sizes).toHaveLength(layers);
  expect(Math.abs(sizes.reduce((a, b) => a + b, 0) / size - 1)).toBeLessThan(0.03);
});

test('no tag names two images', () => {
  const names = catalogue().flatMap((image) => image.tags.map((tag) => `${image.repository}:${tag}`));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('images on the same base share its layer', () => {
  const first = (repository: string, tag: string) => buildImage(find(repository, tag)).layers[0].diffId;
  expect(first('nginx', 'latest')).toBe(first('redis', 'latest'));
  expect(first('nginx', 'alpine')).toBe(first('alpine', 'latest'));
  expect(first('nginx', 'latest')).toBe(first('debian', 'trixie-slim'));
});

test('an index names several platforms, each with its manifest and configuration', () => {
  const store = new CatalogueStore(catalogue(), 'oci');
  const index = JSON.parse(store.manifest('library/alpine', 'latest')!.json) as {
    manifests: { digest: string; platform: { architecture: string } }[];
  };
  expect(index.manifests.map((m) => m.platform.architecture)).toEqual(['amd64', 'arm', 'arm64', '386', 'ppc64le', 'riscv64', 's390x']);
  const arm = JSON.parse(store.manifest('library/alpine', index.manifests[2].digest)!.json) as { config: { digest: string } };
  const config = JSON.parse(decodeUtf8(store.blob('library/alpine', arm.config.digest)!.bytes)) as { architecture: string };
  expect(config.architecture).toBe('arm64');
});

test("alpine's root is in the groups of the real image", () => {
  const entries = readLayer(buildImage(find('alpine', 'latest')).layers[0].tar).entries;
  const group = entries.find((entry) => entry.name === 'etc/group');
  const text = group?.type === 'file' ? decodeUtf8(group.data) : '';
  const mine = text.split('\n').filter((line) => line.split(':')[3]?.split(',').includes('root'));
  expect(mine.map((line) => Number(line.split(':')[2]))).toEqual([0, 1, 2, 3, 4, 6, 10, 11, 20, 26, 27]);
});
