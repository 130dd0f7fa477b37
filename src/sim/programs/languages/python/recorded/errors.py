import sys

for code in ["1/0", "undefined", "int('abc')", "[][3]", "open('/nope/x')", "len(5)"]:
    try:
        eval(code)
    except Exception as e:
        print(code, type(e).__name__, e if code not in ("len(5)", "open('/nope/x')") else "")
try:
    open("/nope/x")
except FileNotFoundError as e:
    print(e.errno, e.strerror, e.filename)
try:
    import nothing_here
except ModuleNotFoundError as e:
    print(e)


class AppError(Exception):
    pass


try:
    raise AppError("boom")
except AppError as e:
    print("caught", e)
finally:
    print("finally")
print("to stderr", file=sys.stderr)
sys.exit(3)
