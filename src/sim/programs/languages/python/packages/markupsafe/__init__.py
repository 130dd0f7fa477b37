class Markup(str):
    pass


def escape(value):
    if hasattr(value, '__html__'):
        return Markup(value.__html__())
    if isinstance(value, Markup):
        return value
    return Markup(str(value).replace('&', '&amp;').replace('>', '&gt;').replace('<', '&lt;').replace("'", '&#39;').replace('"', '&#34;'))
