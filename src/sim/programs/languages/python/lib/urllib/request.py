import sys
import http.client
from urllib.parse import urlsplit, urljoin
from urllib.error import HTTPError, URLError

_AGENT = 'Python-urllib/%d.%d' % (sys.version_info[0], sys.version_info[1])


class Request:
    def __init__(self, url, data=None, headers={}, method=None):
        self.full_url = url
        self.data = data
        self.headers = dict(headers)
        self.method = method

    def add_header(self, name, value):
        self.headers[name] = value

    def get_method(self):
        return self.method or ('GET' if self.data is None else 'POST')


def urlopen(url, data=None, timeout=None, context=None):
    request = url if isinstance(url, Request) else Request(url, data)
    target = request.full_url
    method = request.get_method()
    for _ in range(10):
        parts = urlsplit(target)
        if parts.scheme not in ('http', 'https'):
            raise URLError('unknown url type: ' + parts.scheme) if parts.scheme else ValueError('unknown url type: %r' % target)
        kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
        connection = kind(parts.netloc.rsplit('@', 1)[-1], timeout=timeout)
        headers = {'User-Agent': _AGENT}
        headers.update(request.headers)
        headers['Connection'] = 'close'
        if request.data is not None and 'Content-type' not in headers and 'Content-Type' not in headers:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        try:
            connection.request(method, (parts.path or '/') + ('?' + parts.query if parts.query else ''), request.data, headers)
            answer = connection.getresponse()
        except OSError as e:
            raise URLError(e)
        finally:
            connection.close()
        answer.url = target
        if answer.status in (301, 302, 303, 307, 308) and answer.headers.get('Location'):
            target = urljoin(target, answer.headers['Location'])
            if answer.status == 303:
                method = 'GET'
            continue
        if answer.status >= 400:
            raise HTTPError(target, answer.status, answer.reason, answer.headers, answer)
        return answer
    raise HTTPError(target, 310, 'too many redirects', answer.headers, answer)


def urlretrieve(url, filename):
    with urlopen(url) as answer, open(filename, 'wb') as f:
        f.write(answer.read())
    return filename, answer.headers
