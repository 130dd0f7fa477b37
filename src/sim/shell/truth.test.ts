import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../lib/utf8.ts';
import { withoutLineNumbers } from './session.ts';
import { loadPrograms, TestSession } from './testing.ts';

/** Recordings of a real bash, kept outside of this repository. */
const TRUTH = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../shared/truth');
const FLOOR = 95;

interface Scenario {
  readonly name: string;
  readonly files: Record<string, string>;
  readonly steps: readonly { readonly cmd: string; readonly stdout: string; readonly stderr: string; readonly exit: number }[];
}

const present = fs.existsSync(path.join(TRUTH, 'compare.mjs'));

describe('transcripts of bash', () => {
  it.skipIf(!present)(
    `agree in at least ${FLOOR} % of the steps (skipped without ../shared/truth)`,
    async () => {
      const { compareScenario } = (await import(/* @vite-ignore */ pathToFileURL(path.join(TRUTH, 'compare.mjs')).href)) as {
        compareScenario(
          t: Scenario,
          a: unknown,
        ): {
          steps: {
            cmd: string;
            exit: boolean;
            exact: boolean;
            expected: { norm: string[]; exit: number };
            actual: { norm: string[]; exit: number };
          }[];
        };
      };
      const programs = await loadPrograms();
      const only = process.env.TRUTH_ONLY;
      let good = 0;
      let all = 0;
      const report: string[] = [];
      for (const file of fs.readdirSync(TRUTH).filter((f) => /^shell-.*\.json$/.test(f) && (!only || f.includes(only)))) {
        const truth = JSON.parse(fs.readFileSync(path.join(TRUTH, file), 'utf8')) as Scenario;
        const session = new TestSession(
          programs,
          Object.fromEntries(Object.entries(truth.files).map(([name, content]) => [`/home/student/${name}`, content])),
        );
        for (const [name, content] of Object.entries(truth.files)) {
          if (name.endsWith('.sh')) session.machine.root.addFile(`/home/student/${name}`, { mode: 0o755, data: encodeUtf8(content) });
        }
        const steps = truth.steps.map(({ cmd }) => {
          try {
            const r = session.step(cmd);
            return { cmd, stdout: withoutLineNumbers(r.stdout), stderr: withoutLineNumbers(r.stderr), exit: r.exit };
          } catch (error) {
            return { cmd, stdout: '', stderr: `CRASH ${(error as Error).stack?.slice(0, 400)}`, exit: -2 };
          }
        });
        const result = compareScenario(truth, { name: truth.name, steps });
        const fine = result.steps.filter((s) => s.exit && s.exact).length;
        good += fine;
        all += result.steps.length;
        report.push(`${truth.name}: ${fine}/${result.steps.length}`);
        if (process.env.TRUTH_SHOW) {
          for (const s of result.steps)
            if (!(s.exit && s.exact))
              report.push(
                `  $ ${s.cmd}\n    want ${s.expected.exit} ${JSON.stringify(s.expected.norm)}\n    got  ${s.actual.exit} ${JSON.stringify(s.actual.norm)}`,
              );
        }
      }
      if (process.env.TRUTH_SHOW) fs.writeFileSync(process.env.TRUTH_SHOW, `${report.join('\n')}\n${good}/${all}\n`);
      expect((100 * good) / all, report.join('\n')).toBeGreaterThanOrEqual(FLOOR);
    },
    120_000,
  );
});
