/** Configuration that comes with nginx: types by suffix, and what FastCGI, SCGI and uWSGI servers are told. */

/** A line `PREFIX NAME VALUE;` for each pair, the values in a column; an empty name is an empty line. */
function parameters(prefix: string, pairs: readonly (readonly [name: string, value: string])[]): string {
  return `\n${pairs.map(([name, value]) => (name === '' ? '\n' : `${prefix}  ${name.padEnd(18)} ${value};\n`)).join('')}`;
}

const GAP = ['', ''] as const;
const REQUEST = [
  ['QUERY_STRING', '$query_string'],
  ['REQUEST_METHOD', '$request_method'],
  ['CONTENT_TYPE', '$content_type'],
  ['CONTENT_LENGTH', '$content_length'],
] as const;
const DOCUMENT = [
  ['DOCUMENT_ROOT', '$document_root'],
  ['SERVER_PROTOCOL', '$server_protocol'],
] as const;
const SCHEME = [
  ['REQUEST_SCHEME', '$scheme'],
  ['HTTPS', '$https if_not_empty'],
] as const;
const CLIENT = [
  ['REMOTE_ADDR', '$remote_addr'],
  ['REMOTE_PORT', '$remote_port'],
] as const;
const SERVER = [
  ['SERVER_PORT', '$server_port'],
  ['SERVER_NAME', '$server_name'],
] as const;

const FASTCGI = [
  ...REQUEST,
  GAP,
  ['SCRIPT_NAME', '$fastcgi_script_name'],
  ['REQUEST_URI', '$request_uri'],
  ['DOCUMENT_URI', '$document_uri'],
  ...DOCUMENT,
  ...SCHEME,
  GAP,
  ['GATEWAY_INTERFACE', 'CGI/1.1'],
  ['SERVER_SOFTWARE', 'nginx/$nginx_version'],
  GAP,
  ...CLIENT,
  ['SERVER_ADDR', '$server_addr'],
  ...SERVER,
  GAP,
  ['REDIRECT_STATUS', '200'],
] as const;

export const FASTCGI_PARAMS = parameters('fastcgi_param', FASTCGI);
export const FASTCGI_CONF = parameters('fastcgi_param', [['SCRIPT_FILENAME', '$document_root$fastcgi_script_name'], ...FASTCGI]);
export const SCGI_PARAMS = parameters('scgi_param', [
  ['REQUEST_METHOD', '$request_method'],
  ['REQUEST_URI', '$request_uri'],
  ['QUERY_STRING', '$query_string'],
  ['CONTENT_TYPE', '$content_type'],
  GAP,
  ['DOCUMENT_URI', '$document_uri'],
  ['DOCUMENT_ROOT', '$document_root'],
  ['SCGI', '1'],
  ['SERVER_PROTOCOL', '$server_protocol'],
  ...SCHEME,
  GAP,
  ...CLIENT,
  ...SERVER,
]);
export const UWSGI_PARAMS = parameters('uwsgi_param', [
  ...REQUEST,
  GAP,
  ['REQUEST_URI', '$request_uri'],
  ['PATH_INFO', '$document_uri'],
  ...DOCUMENT,
  ...SCHEME,
  GAP,
  ...CLIENT,
  ...SERVER,
]);

const TYPES: readonly (readonly [type: string, suffixes: string])[] = [
  ['text/html', 'html htm shtml'],
  ['text/css', 'css'],
  ['text/xml', 'xml'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpeg jpg'],
  ['application/javascript', 'js'],
  ['application/atom+xml', 'atom'],
  ['application/rss+xml', 'rss'],
  ['text/mathml', 'mml'],
  ['text/plain', 'txt'],
  ['text/x-component', 'htc'],
  ['image/avif', 'avif'],
  ['image/png', 'png'],
  ['image/svg+xml', 'svg svgz'],
  ['image/tiff', 'tif tiff'],
  ['image/webp', 'webp'],
  ['image/x-icon', 'ico'],
  ['image/x-ms-bmp', 'bmp'],
  ['font/woff', 'woff'],
  ['font/woff2', 'woff2'],
  ['application/java-archive', 'jar war ear'],
  ['application/json', 'json'],
  ['application/msword', 'doc'],
  ['application/pdf', 'pdf'],
  ['application/postscript', 'ps eps ai'],
  ['application/rtf', 'rtf'],
  ['application/vnd.apple.mpegurl', 'm3u8'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-fontobject', 'eot'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/wasm', 'wasm'],
  ['application/x-7z-compressed', '7z'],
  ['application/x-perl', 'pl pm'],
  ['application/x-redhat-package-manager', 'rpm'],
  ['application/x-x509-ca-cert', 'der pem crt'],
  ['application/xhtml+xml', 'xhtml'],
  ['application/zip', 'zip'],
  ['application/octet-stream', 'bin exe dll'],
  ['application/octet-stream', 'deb'],
  ['application/octet-stream', 'dmg'],
  ['application/octet-stream', 'iso img'],
  ['audio/midi', 'mid midi kar'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/x-m4a', 'm4a'],
  ['video/mp2t', 'ts'],
  ['video/mp4', 'mp4'],
  ['video/mpeg', 'mpeg mpg'],
  ['video/quicktime', 'mov'],
  ['video/webm', 'webm'],
  ['video/x-flv', 'flv'],
  ['video/x-msvideo', 'avi'],
];
export const MIME_TYPES = `\ntypes {\n${TYPES.map(([type, suffixes]) => `    ${type.padEnd(48)} ${suffixes};\n`).join('')}}\n`;
