from http import _PHRASES

_TEXTS = {400: 'The browser (or proxy) sent a request that this server could not understand.',
          401: 'The server could not verify that you are authorized to access the URL requested. You either supplied the wrong credentials (e.g. a bad password), or your browser doesn&#39;t understand how to supply the credentials required.',
          403: 'You don&#39;t have the permission to access the requested resource. It is either read-protected or not readable by the server.',
          404: 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
          405: 'The method is not allowed for the requested URL.',
          409: 'A conflict happened while processing the request. The resource might have been modified while the request was being processed.',
          415: 'Did not attempt to load JSON data because the request Content-Type was not &#39;application/json&#39;.',
          418: 'This server is a teapot, not a coffee machine',
          500: 'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
          503: 'The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.'}


class HTTPException(Exception):
    code = None
    description = None

    def __init__(self, description=None, response=None):
        super().__init__(description)
        if description is not None:
            self.description = description
        elif self.description is None:
            self.description = _TEXTS.get(self.code, _PHRASES.get(self.code, '')).replace('&#39;', "'")
        self.response = response
        self.valid_methods = None

    @property
    def name(self):
        return _PHRASES.get(self.code, 'Unknown Error').replace('Content Too Large', 'Request Entity Too Large').title().replace("'M", "'m")

    def __str__(self):
        return '%s %s: %s' % (self.code, self.name, self.description)

    def get_body(self):
        text = self.description.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace("'", '&#39;').replace('"', '&#34;')
        return '<!doctype html>\n<html lang=en>\n<title>%s %s</title>\n<h1>%s</h1>\n<p>%s</p>\n' % (self.code, self.name, self.name, text)


def _make(name, status):
    return type(name, (HTTPException,), {'code': status})


BadRequest = _make('BadRequest', 400)
Unauthorized = _make('Unauthorized', 401)
Forbidden = _make('Forbidden', 403)
NotFound = _make('NotFound', 404)
MethodNotAllowed = _make('MethodNotAllowed', 405)
Conflict = _make('Conflict', 409)
UnsupportedMediaType = _make('UnsupportedMediaType', 415)
InternalServerError = _make('InternalServerError', 500)
ServiceUnavailable = _make('ServiceUnavailable', 503)
_BY_CODE = {c.code: c for c in (BadRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, Conflict, UnsupportedMediaType, InternalServerError, ServiceUnavailable)}


def abort(status, description=None):
    if not isinstance(status, int):
        raise HTTPException(response=status)
    if status not in _BY_CODE:
        _BY_CODE[status] = _make('Status%d' % status, status)
    raise _BY_CODE[status](description)
