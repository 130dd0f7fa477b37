import argparse
import base64
import datetime
import functools
import hashlib
import itertools
import math
import re
import subprocess
import sys
import time
import urllib.parse
from collections import Counter, defaultdict, deque, namedtuple
from pathlib import Path

print(re.findall(r"(\w+)@(\w+)\.com", "joe@a.com, bob@b.com"), re.sub(r"(?P<n>\d+)", r"<\g<n>>", "a1b22"), re.split(r"[,;]\s*", "a, b;c"))
print(re.match(r"\d+", "a1"), re.fullmatch(r"\d{3}", "123").group(), bool(re.search("FOO", "a foo", re.I)))
print(datetime.date(2026, 1, 31) + datetime.timedelta(days=1), datetime.datetime(2026, 1, 2, 3, 4, 5).isoformat(), datetime.datetime(2026, 1, 2).strftime("%a %d %b %Y"))
print(datetime.datetime.strptime("2026-01-02 03:04", "%Y-%m-%d %H:%M"), time.strftime("%Y", time.gmtime(0)))
print(Counter("abca").most_common(1), deque([1, 2]).popleft(), namedtuple("P", "x y")(1, 2))
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), list(itertools.product("ab", repeat=2)), math.factorial(5), math.sqrt(16))
print(hashlib.sha256(b"x").hexdigest()[:16], base64.b64encode(b"hi"), urllib.parse.urlencode({"a": "b c"}), urllib.parse.urlparse("http://h:80/p?q=1").port)
print(subprocess.run(["echo", "hi"], capture_output=True, text=True).stdout, end="")
print(subprocess.check_output("echo $((1+1))", shell=True), subprocess.call(["false"]))
p = Path("/tmp") / "drydock-library.txt"
p.write_text("text")
print(p.read_text(), p.name, p.exists(), p.suffix, p.parent)
p.unlink()
parser = argparse.ArgumentParser(prog="tool")
parser.add_argument("name")
parser.add_argument("-n", "--count", type=int, default=1)
parser.add_argument("--verbose", action="store_true")
print(parser.parse_args(["bob", "--count", "3"]))
sys.stdout.flush()
parser.parse_args(["--count", "x", "bob"])
