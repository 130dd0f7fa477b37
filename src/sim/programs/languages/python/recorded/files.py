import json
import os
import shutil
import tempfile

folder = tempfile.mkdtemp()
os.chdir(folder)
with open("a.txt", "w") as f:
    f.write("one\n")
    print("two", file=f)
with open("a.txt", "a") as f:
    f.writelines(["three\n", "four\n"])
with open("a.txt") as f:
    for n, line in enumerate(f, 1):
        print(n, line.rstrip())
print(open("a.txt").read(5), os.path.getsize("a.txt"), os.path.exists("b"), os.path.splitext("x/y.tar.gz"))
os.makedirs("d/e", exist_ok=True)
with open("d/e/data.json", "w") as f:
    json.dump({"name": "e", "n": [1, 2, {"x": None}]}, f, indent=2)
print(open("d/e/data.json").read())
print(json.load(open("d/e/data.json")), sorted(os.listdir(".")))
for top, dirs, files in os.walk("d"):
    print(top, dirs, files)
try:
    os.mkdir("d")
except FileExistsError as e:
    print(e)
os.remove("a.txt")
shutil.rmtree("d")
print(os.listdir("."), os.path.join("a", "b"), os.path.basename("/x/y"), os.environ.get("NOPE", "default"))
