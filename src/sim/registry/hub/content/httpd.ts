/** Files of the httpd image. */
export const HTTPD_PAGE = '<html><body><h1>It works!</h1></body></html>\n';
export const HTTPD_CONF = `ServerRoot "/usr/local/apache2"
Listen 80
ServerAdmin you@example.com
DocumentRoot "/usr/local/apache2/htdocs"
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogLevel warn
CustomLog /proc/self/fd/1 common
`;
export const HTTPD_FOREGROUND =
  '#!/bin/sh\nset -e\n\n# a PID file left behind would stop the start\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n';
