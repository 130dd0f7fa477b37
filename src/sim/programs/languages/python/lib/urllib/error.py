class URLError(OSError):
    def __init__(self, reason, filename=None):
        super().__init__(reason)
        self.reason = reason

    def __str__(self):
        from _drydock.trace import describe
        return '<urlopen error %s>' % (describe(self.reason) if isinstance(self.reason, Exception) else self.reason)


class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        super().__init__(msg)
        self.url, self.code, self.msg, self.hdrs, self.fp = url, code, msg, hdrs, fp
        self.status, self.headers = code, hdrs

    def read(self, *args):
        return self.fp.read(*args)

    def __str__(self):
        return 'HTTP Error %d: %s' % (self.code, self.msg)
