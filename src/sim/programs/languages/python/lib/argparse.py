"""The usual part of argparse: positional arguments, options, flags, subcommands, help."""
import os
import sys

SUPPRESS = '==SUPPRESS=='
REMAINDER = '...'


class Namespace:
    def __init__(self, **kw):
        for k, v in kw.items():
            setattr(self, k, v)

    def __repr__(self):
        return 'Namespace(%s)' % ', '.join(['%s=%r' % i for i in self.__dict__.items()])

    def __contains__(self, key):
        return hasattr(self, key)

    def __eq__(self, other):
        return self.__dict__ == other.__dict__


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    pass


RawDescriptionHelpFormatter = RawTextHelpFormatter = ArgumentDefaultsHelpFormatter = HelpFormatter


class _Argument:
    def __init__(self, names, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None, dest=None, version=None):
        self.names = names
        self.option = names[0].startswith('-')
        self.action, self.nargs, self.const, self.type, self.choices = action, nargs, const, type, choices
        self.required, self.help, self.metavar, self.version = required, help, metavar, version
        long = [n for n in names if n.startswith('--')]
        self.dest = dest or (long or names)[0].lstrip('-').replace('-', '_')
        if not self.option:
            self.dest = dest or names[0]
        if action == 'store_true':
            self.const, default = True, bool(default)
        elif action == 'store_false':
            self.const, default = False, True if default is None else default
        self.default = default

    def flag(self):
        return self.action in ('store_true', 'store_false', 'store_const', 'count', 'help', 'version', 'append_const')

    def shown(self):
        if self.metavar:
            return self.metavar
        if self.choices:
            return '{' + ','.join([str(c) for c in self.choices]) + '}'
        return self.dest.upper() if self.option else self.dest

    def values(self):
        v = self.shown()
        return {None: v, '?': '[%s]' % v, '*': '[%s ...]' % v, '+': '%s [%s ...]' % (v, v), '...': '...'}.get(self.nargs) or ' '.join([v] * self.nargs)

    def name(self):
        return '/'.join(self.names) if self.option else (self.metavar or self.dest)


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, add_help=True, formatter_class=None, parents=(), **kw):
        self.prog = prog or os.path.basename(sys.argv[0]) or 'python'
        self.usage, self.description, self.epilog = usage, description, epilog
        self._arguments = []
        self._defaults = {}
        self._commands = None
        if add_help:
            self.add_argument('-h', '--help', action='help', help='show this help message and exit')

    def add_argument(self, *names, **kw):
        made = _Argument(names, **kw)
        self._arguments.append(made)
        return made

    def add_argument_group(self, *args, **kw):
        return self

    def add_mutually_exclusive_group(self, required=False):
        return self

    def set_defaults(self, **kw):
        self._defaults.update(kw)

    def add_subparsers(self, dest=None, help=None, required=False, title=None, metavar=None, **kw):
        self._commands = _Commands(self, dest, required, metavar, help)
        return self._commands

    def format_usage(self):
        if self.usage:
            return 'usage: %s\n' % self.usage
        parts = []
        for a in self._arguments:
            if a.option and a.help != SUPPRESS:
                text = a.names[0] + ('' if a.flag() else ' ' + a.values())
                parts.append(text if a.required else '[%s]' % text)
        parts += [a.values() for a in self._arguments if not a.option]
        if self._commands:
            parts.append(self._commands.shown() + ' ...')
        return 'usage: %s\n' % ' '.join([self.prog] + parts)

    def format_help(self):
        out = self.format_usage()
        if self.description:
            out += '\n' + self.description + '\n'
        groups = [('positional arguments', [(a.shown(), a.help) for a in self._arguments if not a.option])]
        if self._commands:
            groups[0][1].append((self._commands.shown(), self._commands.help))
            groups[0][1].extend([('  ' + n, p._help) for n, p in self._commands.parsers.items()])
        groups.append(('options', [(', '.join([n + ('' if a.flag() else ' ' + a.values()) for n in a.names]), a.help)
                                   for a in self._arguments if a.option and a.help != SUPPRESS]))
        for title, rows in groups:
            if rows:
                out += '\n%s:\n' % title
                width = min(max([len(r[0]) for r in rows]) + 4, 24)
                for name, text in rows:
                    line = '  ' + name
                    if text and len(line) > width - 2:
                        out += line + '\n' + ' ' * width + text + '\n'
                    else:
                        out += (line.ljust(width) + (text or '')).rstrip() + '\n'
        if self.epilog:
            out += '\n' + self.epilog + '\n'
        return out

    def print_help(self, file=None):
        (file or sys.stdout).write(self.format_help())

    def print_usage(self, file=None):
        (file or sys.stdout).write(self.format_usage())

    def exit(self, status=0, message=None):
        if message:
            sys.stderr.write(message)
        raise SystemExit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.prog, message))

    def parse_args(self, args=None, namespace=None):
        made, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error('unrecognized arguments: ' + ' '.join(rest))
        return made

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        made = namespace or Namespace()
        for a in self._arguments:
            if a.action not in ('help', 'version') and a.default != SUPPRESS:
                setattr(made, a.dest, a.default)
        for k, v in self._defaults.items():
            setattr(made, k, v)
        seen = set()
        plain = []
        rest = []
        only_plain = False
        while args:
            arg = args.pop(0)
            if arg == '--' and not only_plain:
                only_plain = True
            elif only_plain or not self._is_option(arg):
                if self._commands and len(plain) >= len([a for a in self._arguments if not a.option]):
                    self._commands.parse(arg, args, made, seen)
                    args = []
                else:
                    plain.append(arg)
            else:
                self._option(arg, args, made, seen, rest)
        self._positional(plain, made, rest)
        missing = [a.name() for a in self._arguments if a.option and a.required and a.dest not in seen]
        if self._commands and self._commands.required and self._commands not in seen:
            missing.append(self._commands.dest or self._commands.shown())
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        return made, rest

    def _is_option(self, arg):
        return len(arg) > 1 and arg[0] == '-' and not arg[1:].replace('.', '').isdigit()

    def _find(self, name):
        for a in self._arguments:
            if name in a.names:
                return a
        if name.startswith('--'):
            found = [a for a in self._arguments if any([n.startswith(name) for n in a.names])]
            if len(found) == 1:
                return found[0]
        return None

    def _option(self, arg, args, made, seen, rest):
        name, eq, value = arg.partition('=')
        found = self._find(arg if not arg.startswith('--') else name)
        given = [value] if eq and arg.startswith('--') else []
        if found is None and not arg.startswith('--') and len(arg) > 2:
            found = self._find(arg[:2])
            if found is not None:
                if found.flag():
                    args.insert(0, '-' + arg[2:])
                else:
                    given = [arg[2:].lstrip('=')]
        if found is None:
            rest.append(arg)
            return
        seen.add(found.dest)
        if found.action == 'help':
            self.print_help()
            self.exit()
        if found.action == 'version':
            sys.stdout.write((found.version or '').replace('%(prog)s', self.prog) + '\n')
            self.exit()
        if found.action == 'count':
            setattr(made, found.dest, (getattr(made, found.dest, 0) or 0) + 1)
            return
        if found.flag():
            setattr(made, found.dest, found.const)
            return
        many = found.nargs
        if not given:
            limit = {None: 1, '?': 1, '*': 10000, '+': 10000}.get(many) or many
            while args and len(given) < limit and not self._is_option(args[0]):
                given.append(args.pop(0))
        if many is None and not given:
            self.error('argument %s: expected one argument' % found.name())
        if many == '+' and not given:
            self.error('argument %s: expected at least one argument' % found.name())
        if many == '?':
            value = self._convert(found, given[0]) if given else found.const
        elif many is None:
            value = self._convert(found, given[0])
        else:
            value = [self._convert(found, g) for g in given]
        if found.action == 'append':
            value = (getattr(made, found.dest) or []) + [value]
        setattr(made, found.dest, value)

    def _positional(self, plain, made, rest):
        wanted = [a for a in self._arguments if not a.option]
        least = [{None: 1, '?': 0, '*': 0, '+': 1, '...': 0}.get(a.nargs, a.nargs) for a in wanted]
        missing = []
        for i, a in enumerate(wanted):
            spare = len(plain) - sum(least[i:])
            take = least[i] + (0 if a.nargs is None or isinstance(a.nargs, int) else min(max(spare, 0), 1 if a.nargs == '?' else 10000))
            if len(plain) < least[i]:
                missing.append(a.name())
                continue
            mine, plain = plain[:take], plain[take:]
            if a.nargs is None:
                setattr(made, a.dest, self._convert(a, mine[0]))
            elif a.nargs == '?':
                if mine:
                    setattr(made, a.dest, self._convert(a, mine[0]))
            elif mine or a.default is None:
                setattr(made, a.dest, [self._convert(a, m) for m in mine])
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        rest.extend(plain)

    def _convert(self, a, text):
        value = text
        if a.type:
            try:
                value = a.type(text)
            except ArgumentTypeError as e:
                self.error('argument %s: %s' % (a.name(), e))
            except (ValueError, TypeError):
                self.error('argument %s: invalid %s value: %r' % (a.name(), getattr(a.type, '__name__', 'given'), text))
        if a.choices is not None and value not in a.choices:
            self.error('argument %s: invalid choice: %r (choose from %s)' % (a.name(), value, ', '.join([str(c) for c in a.choices])))
        return value


class _Commands:
    def __init__(self, parent, dest, required, metavar, help):
        self.parent, self.dest, self.required, self.metavar, self.help = parent, dest, required, metavar, help
        self.parsers = {}

    def add_parser(self, name, help=None, **kw):
        made = ArgumentParser(prog=self.parent.prog + ' ' + name, **kw)
        made._help = help
        self.parsers[name] = made
        return made

    def shown(self):
        return self.metavar or '{' + ','.join(self.parsers) + '}'

    def parse(self, name, args, made, seen):
        if name not in self.parsers:
            self.parent.error('argument %s: invalid choice: %r (choose from %s)' % (self.dest or self.shown(), name, ', '.join(self.parsers)))
        seen.add(self)
        if self.dest:
            setattr(made, self.dest, name)
        self.parsers[name].parse_args(args, made)


def FileType(mode='r'):
    return lambda path: open(path, mode)
