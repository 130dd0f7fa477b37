"""Files that are read line by line in a loop."""
import io


class Lines(io.IOBase):
    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line
