import sys

name = input("Name? ")
print("Hello,", name)
for line in sys.stdin:
    print(repr(line))
print(input())
