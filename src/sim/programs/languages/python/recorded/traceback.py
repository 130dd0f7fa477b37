def divide(a, b):
    return a / b


def main():
    print("before")
    divide(1, 0)


main()
