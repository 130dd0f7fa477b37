/** The pages that nginx makes itself. */
import type { Dirent } from '../../../kernel/abi.ts';
import { S_IFDIR } from '../../../kernel/abi.ts';
import { calendarTime } from '../../../net/http/date.ts';
import { reasonPhrase } from '../../../net/http/status.ts';

const OWN_REASONS: Readonly<Record<number, string>> = {
  302: 'Found',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  405: 'Not Allowed',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

export function nginxReason(status: number): string {
  return OWN_REASONS[status] ?? reasonPhrase(status);
}

export function errorPage(status: number, product: string): string {
  const title = `${status} ${nginxReason(status)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${product}</center>\r\n</body>\r\n</html>\r\n`;
}

/** The page of a head that does not fit into `large_client_header_buffers`: nginx's own 494, told as 400. */
export function headTooLargePage(product: string): string {
  const title = 'Request Header Or Cookie Too Large';
  return `<html>\r\n<head><title>400 ${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>${title}</center>\r\n<hr><center>${product}</center>\r\n</body>\r\n</html>\r\n`;
}

export interface Listed extends Dirent {
  readonly size: number;
  /** Microseconds since 1970. */
  readonly mtime: number;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** autoindex: folders first, then files, names cut at 50 columns. */
export function indexPage(path: string, entries: readonly Listed[]): string {
  const rows = [...entries]
    .sort((a, b) => Number(b.type === S_IFDIR) - Number(a.type === S_IFDIR) || (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const name = entry.type === S_IFDIR ? `${entry.name}/` : entry.name;
      const shown = name.length > 50 ? `${name.slice(0, 47)}..&gt;` : escape(name);
      const t = calendarTime(entry.mtime);
      const pad = ' '.repeat(Math.max(0, 50 - Math.min(50, name.length)));
      const bytes = entry.type === S_IFDIR ? '-' : String(entry.size);
      return `<a href="${encodeURI(name)}">${shown}</a>${pad} ${t.day}-${t.month}-${t.year} ${t.time.slice(0, 5)} ${bytes.padStart(19)}\r\n`;
    });
  const title = `Index of ${escape(path)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
}
