import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../../../kernel/syscalls.ts';
import type { Entry } from './entry.ts';

const ARCHIVES =
  'tar tgz arc arj taz lha lz4 lzh lzma tlz txz tzo t7z zip z dz gz lrz lz lzo xz zst tzst bz2 bz tbz tbz2 tz deb rpm jar war ear sar rar alz ace zoo cpio 7z rz cab wim swm dwm esd'.split(
    ' ',
  );
const IMAGES =
  'jpg jpeg mjpg mjpeg gif bmp pbm pgm ppm tga xbm xpm tif tiff png svg svgz mng pcx mov mpg mpeg m2v mkv webm webp ogm mp4 m4v mp4v vob qt nuv wmv asf rm rmvb flc avi fli flv gl dl xcf xwd yuv cgm emf ogv ogx'.split(
    ' ',
  );
const SOUNDS = 'aac au flac m4a mid midi mka mp3 mpc ogg ra wav oga opus spx xspf'.split(' ');

function byExtension(name: string): string | undefined {
  const at = name.lastIndexOf('.');
  if (at < 0) return undefined;
  const ext = name.slice(at + 1);
  if (ARCHIVES.includes(ext)) return '01;31';
  if (IMAGES.includes(ext)) return '01;35';
  return SOUNDS.includes(ext) ? '00;36' : undefined;
}

function byMode(name: string, mode: number): string | undefined {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return (mode & 0o1002) === 0o1002 ? '30;42' : mode & 0o002 ? '34;42' : mode & 0o1000 ? '37;44' : '01;34';
    case S_IFIFO:
      return '40;33';
    case S_IFSOCK:
      return '01;35';
    case S_IFBLK:
      return '40;33;01';
    case S_IFCHR:
      return '40;33;01';
    default:
  }
  if (mode & 0o4000) return '37;41';
  if (mode & 0o2000) return '30;43';
  if (mode & 0o111) return '01;32';
  return byExtension(name);
}

/** The SGR code of an entry's name (dircolors' defaults), or undefined. */
export function colourOf(e: Entry): string | undefined {
  if (e.unknown) return undefined;
  if ((e.stat.mode & S_IFMT) === S_IFLNK) return '01;36';
  return byMode(e.name, e.stat.mode);
}

export function targetColour(name: string, mode: number): string | undefined {
  return byMode(name, mode);
}
