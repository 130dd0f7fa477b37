class SSLError(OSError):
    pass


class SSLCertVerificationError(SSLError):
    pass


def create_default_context(**kw):
    return None
