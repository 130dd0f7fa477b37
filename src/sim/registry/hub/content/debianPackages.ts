/** The package database of Debian and Ubuntu images: dpkg's status and its lists of files. */
import { commandsOf } from '../../../lib/debianPackages/contents.ts';
import { basePackages, fileList, statusEntry } from '../../../lib/debianPackages/index.ts';
import type { TarInput } from '../../../lib/tar/index.ts';
import { file } from './tree.ts';

/** `codename`: 'trixie'; `commands`: names that the image has. */
export function debianDatabase(codename: string, commands: ReadonlySet<string>): TarInput[] {
  const packages = basePackages(codename);
  return [
    file('var/lib/dpkg/status', packages.map(statusEntry).join('')),
    ...packages.map((p) => {
      const paths = commandsOf(p.name, codename).filter((path) => commands.has(path.slice(path.lastIndexOf('/') + 1)));
      return file(`var/lib/dpkg/info/${p.name}.list`, fileList([...paths, `/usr/share/doc/${p.name}`]));
    }),
  ];
}
