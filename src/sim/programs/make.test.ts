/** make as GNU make 4.3 works: what it says was taken from it. */
import { beforeEach, expect, test } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs, {});
});

const typed = (command: string) => {
  const { stdout, stderr, exit } = session.step(command);
  return `${stdout}${stderr}[${exit}]`;
};
const makefile = (text: string) => session.step(`cat > Makefile <<'END'\n${text}\nEND`);

test('a small project: only what is older than its sources is made again', () => {
  makefile(`CC := echo cc
CFLAGS ?= -O2
OBJ := $(patsubst %.c,%.o,$(wildcard *.c))
.PHONY: all clean
all: prog
prog: $(OBJ)
\t$(CC) -o $@ $^ && touch $@
%.o: %.c defs.h
\t@$(CC) $(CFLAGS) -c $< && touch $@
clean:
\trm -f $(OBJ) prog`);
  session.step('touch main.c util.c defs.h');
  expect(typed('make')).toBe(
    'cc -O2 -c main.c\ncc -O2 -c util.c\necho cc -o prog main.o util.o && touch prog\ncc -o prog main.o util.o\n[0]',
  );
  expect(typed('make; make prog')).toBe("make: Nothing to be done for 'all'.\nmake: 'prog' is up to date.\n[0]");
  expect(typed('sleep 1; touch util.c; make CFLAGS=-g')).toBe(
    'cc -g -c util.c\necho cc -o prog main.o util.o && touch prog\ncc -o prog main.o util.o\n[0]',
  );
  expect(typed('make clean; make -n prog | head -1')).toBe('rm -f main.o util.o prog\necho cc -O2 -c main.c && touch main.o\n[0]');
});

test('variables, conditions and functions', () => {
  makefile(`X = $(Y) b
Y = a
Z := $(X)
Y = c
ifeq ($(Y),c)
W = yes
endif
greet = hello $(1)
all:
\t@echo '$(X)|$(Z)|$(W)|$(call greet,you)|$(foreach v,a b,<$(v)>)|$(filter %.c,a.c b.o)|$(shell echo hi; echo there)'
\t@echo $$HOME '$(@)'`);
  expect(typed('HOME=/h make')).toBe('c b|a b|yes|hello you|<a> <b>|a.c|hi there\n/h all\n[0]');
});

test('what fails ends make, unless it is ignored', () => {
  makefile('all: a b\na:\n\t-false\nb:\n\tnosuch x\nc: nope');
  expect(typed('make')).toBe(
    'false\nnosuch x\nmake: [Makefile:3: a] Error 1 (ignored)\nmake: nosuch: No such file or directory\nmake: *** [Makefile:5: b] Error 127\n[2]',
  );
  expect(typed('make c')).toBe("make: *** No rule to make target 'nope', needed by 'c'.  Stop.\n[2]");
  makefile('a:\n        echo');
  expect(typed('make')).toBe('Makefile:2: *** missing separator (did you mean TAB instead of 8 spaces?).  Stop.\n[2]');
  expect(typed('rm Makefile; make')).toBe('make: *** No targets specified and no makefile found.  Stop.\n[2]');
});

test('a make inside of a make says where it is', () => {
  session.step("mkdir sub; printf 'x:\\n\\t@echo level $(MAKELEVEL)\\n' > sub/Makefile");
  makefile('all:\n\t$(MAKE) -C sub');
  expect(typed('make')).toBe(
    "make -C sub\nmake[1]: Entering directory '/home/student/sub'\nlevel 1\nmake[1]: Leaving directory '/home/student/sub'\n[0]",
  );
});
