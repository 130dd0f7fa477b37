/** What the makefiles say: targets, pattern rules, and which is the first. */
import { MakeError, type PatternRule, type Place, type Rule, stemOf, type Target, wordsOf } from './syntax.ts';

/** make's own rules, those that courses meet. */
const BUILTIN: readonly (readonly [target: string, source: string, recipe: string])[] = [
  ['%.o', '%.c', '$(COMPILE.c) $(OUTPUT_OPTION) $<'],
  ['%.o', '%.cc', '$(COMPILE.cc) $(OUTPUT_OPTION) $<'],
  ['%.o', '%.cpp', '$(COMPILE.cpp) $(OUTPUT_OPTION) $<'],
  ['%', '%.o', '$(LINK.o) $^ $(LOADLIBES) $(LDLIBS) -o $@'],
  ['%', '%.c', '$(LINK.c) $^ $(LOADLIBES) $(LDLIBS) -o $@'],
  ['%', '%.sh', 'cat $< >$@ \n chmod a+x $@'],
];

/** The variables that they use. */
export const BUILTIN_VARIABLES: Readonly<Record<string, string>> = {
  CC: 'cc',
  CXX: 'g++',
  AR: 'ar',
  RM: 'rm -f',
  MAKE: '$(MAKE_COMMAND)',
  MAKE_COMMAND: 'make',
  MAKE_VERSION: '4.3',
  SHELL: '/bin/sh',
  OUTPUT_OPTION: '-o $@',
  'COMPILE.c': '$(CC) $(CFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c',
  'COMPILE.cc': '$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c',
  'COMPILE.cpp': '$(COMPILE.cc)',
  'LINK.c': '$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)',
  'LINK.o': '$(CC) $(LDFLAGS) $(TARGET_ARCH)',
};

export class Database {
  readonly targets = new Map<string, Target>();
  readonly patterns: PatternRule[] = [];
  readonly patternVariables: { readonly pattern: string; readonly name: string; readonly operator: string; readonly value: string }[] = [];
  /** What is made when nothing is asked for. */
  goal: string | undefined;

  constructor(builtins: boolean) {
    if (!builtins) return;
    for (const [target, source, recipe] of BUILTIN)
      this.patterns.push({
        targets: [target],
        prerequisites: [source],
        orderOnly: [],
        recipe: recipe.split('\n').map((text) => ({ text: text.trim(), file: '<builtin>', line: 0 })),
        builtin: true,
      });
  }

  target(name: string): Target {
    const known = this.targets.get(name);
    if (known) return known;
    const made: Target = { name, prerequisites: [], orderOnly: [], recipe: [], stem: '', doubles: [], variables: [] };
    this.targets.set(name, made);
    return made;
  }

  isPhony(name: string): boolean {
    return this.targets.get('.PHONY')?.prerequisites.includes(name) ?? false;
  }

  /** Adds a rule. Warnings go to `warn`: a recipe that replaces another. */
  add(
    names: readonly string[],
    rule: Rule,
    place: Place,
    more: { readonly double: boolean; readonly pattern?: string },
    warn: (text: string) => void,
  ): void {
    if (names.some((name) => name.includes('%'))) {
      const same = this.patterns.findIndex(
        (p) => p.targets.join() === names.join() && p.prerequisites.join() === rule.prerequisites.join(),
      );
      if (same >= 0) this.patterns.splice(same, 1);
      const builtins = this.patterns.findIndex((p) => p.builtin);
      // A pattern without a recipe only takes the old one away.
      if (rule.recipe.length > 0)
        this.patterns.splice(builtins < 0 ? this.patterns.length : builtins, 0, { ...rule, targets: names, builtin: false });
      return;
    }
    for (const name of names) {
      const stem = more.pattern === undefined ? '' : stemOf(more.pattern, name);
      if (stem === undefined) {
        warn(`${place.file}:${place.line}: target '${name}' doesn't match the target pattern`);
        continue;
      }
      const fill = (words: readonly string[]) => (more.pattern === undefined ? words : words.map((word) => word.replace('%', () => stem)));
      const target = this.target(name);
      if (this.goal === undefined && (!name.startsWith('.') || name.includes('/'))) this.goal = name;
      if (more.double) {
        target.doubles.push({ ...rule, prerequisites: fill(rule.prerequisites) });
        continue;
      }
      if (rule.recipe.length > 0 && target.recipe.length > 0) {
        warn(`${rule.recipe[0].file}:${rule.recipe[0].line}: warning: overriding recipe for target '${name}'`);
        warn(`${target.recipe[0].file}:${target.recipe[0].line}: warning: ignoring old recipe for target '${name}'`);
      }
      const prerequisites = fill(rule.prerequisites);
      // Those of the rule with the recipe come first: $< is the first of them.
      target.prerequisites =
        rule.recipe.length > 0 ? [...prerequisites, ...target.prerequisites] : [...target.prerequisites, ...prerequisites];
      target.orderOnly.push(...fill(rule.orderOnly));
      if (rule.recipe.length > 0) {
        target.recipe = rule.recipe;
        target.stem = stem;
      }
    }
  }

  /** The old form of a pattern rule: '.c.o:' is '%.o: %.c'. */
  suffixRule(name: string): { readonly target: string; readonly source: string } | undefined {
    const match = /^(\.[a-z]+)(\.[a-z]+)?$/.exec(name);
    const known = wordsOf('.c .o .cc .cpp .sh .txt .md .html .y .l .s');
    if (!match || !known.includes(match[1]) || (match[2] !== undefined && !known.includes(match[2]))) return undefined;
    return { target: `%${match[2] ?? ''}`, source: `%${match[1]}` };
  }

  needGoal(): string {
    if (this.goal === undefined) throw new MakeError('No targets');
    return this.goal;
  }
}
