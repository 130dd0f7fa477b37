"""Runs src/sim/programs/languages/python/recorded/*.py on the real Python and writes what they print to recorded.json beside them.

The marks under an expression (`~~^~~`) are left out: MicroPython knows lines only.

    python3 tools/micropython/record.py
"""
import json
import pathlib
import re
import subprocess

folder = pathlib.Path(__file__).resolve().parents[2] / "src/sim/programs/languages/python/recorded"
STDIN = "Ada\nfirst\nlast\n"
recorded = {}
for script in sorted(folder.glob("*.py")):
    text = script.read_text()
    copy = pathlib.Path("/tmp/script.py")
    copy.write_text(text)
    done = subprocess.run(["python3", str(copy)], input=STDIN, capture_output=True, text=True)
    stderr = re.sub(r"^ *[~^]+\n", "", done.stderr, flags=re.M)
    recorded[script.name] = {"stdin": STDIN, "stdout": done.stdout, "stderr": stderr, "exit": done.returncode}
(folder / "recorded.json").write_text(json.dumps(recorded, indent=2, ensure_ascii=False) + "\n")
