class Error(Exception):
    pass


QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3


def reader(lines, delimiter=',', quotechar='"', **kw):
    lines = iter(lines)
    for line in lines:
        row, field, inside, quoted = [], '', False, False
        i = 0
        line = line.rstrip('\r\n')
        while True:
            if i >= len(line):
                if not inside:
                    break
                try:
                    line = next(lines).rstrip('\r\n')
                except StopIteration:
                    break
                field += '\n'
                i = 0
                continue
            c = line[i]
            i += 1
            if inside:
                if c == quotechar and line[i:i + 1] == quotechar:
                    field += c
                    i += 1
                elif c == quotechar:
                    inside = False
                else:
                    field += c
            elif c == quotechar and field == '':
                inside = quoted = True
            elif c == delimiter:
                row.append(field)
                field = ''
            else:
                field += c
        if line or row or quoted:
            row.append(field)
        yield row


class writer:
    def __init__(self, file, delimiter=',', quotechar='"', lineterminator='\r\n', quoting=0, **kw):
        self._file, self._delimiter, self._quote, self._end, self._quoting = file, delimiter, quotechar, lineterminator, quoting

    def _field(self, value):
        text = '' if value is None else str(value)
        if self._quoting == 1 or any([c in text for c in (self._delimiter, self._quote, '\n', '\r')]):
            return self._quote + text.replace(self._quote, self._quote * 2) + self._quote
        return text

    def writerow(self, row):
        self._file.write(self._delimiter.join([self._field(v) for v in row]) + self._end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    def __init__(self, lines, fieldnames=None, **kw):
        self._reader = reader(lines, **kw)
        self.fieldnames = fieldnames or next(self._reader)

    def __iter__(self):
        return self

    def __next__(self):
        return dict(zip(self.fieldnames, next(self._reader)))


class DictWriter:
    def __init__(self, file, fieldnames, **kw):
        self.fieldnames = fieldnames
        self._writer = writer(file, **kw)

    def writeheader(self):
        self._writer.writerow(self.fieldnames)

    def writerow(self, row):
        self._writer.writerow([row.get(k, '') for k in self.fieldnames])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
