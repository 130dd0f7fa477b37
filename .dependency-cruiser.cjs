/** Who may import whom. One row per layer of src/sim is the whole rule; world may import all of them, and nobody in sim imports world. */
const may = {
  lib: [],
  kernel: ['lib'],
  archive: ['lib', 'kernel'],
  net: ['lib', 'kernel'],
  oci: ['lib'],
  shell: ['lib', 'kernel'],
  programs: ['lib', 'kernel', 'net', 'shell'],
  runtime: ['lib', 'kernel', 'oci'],
  registry: ['lib', 'kernel', 'net', 'oci'],
  swarm: ['lib', 'kernel', 'net'],
  daemon: ['lib', 'kernel', 'archive', 'net', 'oci', 'runtime', 'swarm'],
  api: ['lib', 'kernel', 'net'],
  client: ['lib', 'kernel', 'archive', 'net', 'oci'],
  kubernetes: ['lib', 'kernel', 'net', 'oci', 'runtime'],
};

const layers = Object.entries(may).map(([layer, allowed]) => ({
  name: `sim-${layer}`,
  severity: 'error',
  comment: `src/sim/${layer} may import ${allowed.join(', ') || 'nothing'}, itself, and api/types.`,
  from: { path: `^src/sim/${layer}/` },
  to: { path: '^src/sim/', pathNot: [`^src/sim/(${[layer, ...allowed].join('|')})/`, '^src/sim/api/types/'] },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'api-types-as-types',
      severity: 'error',
      comment: 'Wire shapes are types: they are imported with `import type` only.',
      from: { path: '^src/sim/', pathNot: '^src/sim/api/' },
      to: { path: '^src/sim/api/types/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sim-stands-alone',
      severity: 'error',
      comment: 'The simulator imports nothing outside itself but the listed packages, and nothing of Node.',
      from: { path: '^src/sim/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: [
          '^src/sim/',
          '^(node_modules/)?(@noble/hashes|fflate|unbash|yaml|dockerfile-ast|quickjs-emscripten-core|@jitl/quickjs-wasmfile-release-sync)/',
        ],
      },
    },
    {
      name: 'two-doors-into-sim',
      severity: 'error',
      comment: 'state, lessons and node enter the simulator through world/index.ts and world/view.ts.',
      from: { path: '^src/(state|lessons|node)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/sim/', pathNot: '^src/sim/world/(index|view)\\.ts$' },
    },
    {
      name: 'components-see-no-sim',
      severity: 'error',
      comment: 'React components reach the simulator through src/state only.',
      from: { path: '^src/(components/|main\\.ts)', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^src/sim/', '^src/node/'] },
    },
    {
      name: 'no-ui-in-core',
      severity: 'error',
      comment: 'React, xterm, xyflow and zustand stay out of sim, lessons, node and the models of diagrams.',
      from: { path: ['^src/(sim|lessons|node)/', '/model\\.ts$'], pathNot: '\\.test\\.ts$' },
      to: { path: '^node_modules/(react|react-dom|@xterm|@xyflow|zustand)/' },
    },
    {
      name: 'commands-of-one-noun',
      severity: 'error',
      comment: "A noun's commands do not import another's; they share through client/cli.",
      from: { path: '^src/sim/client/commands/([^/]+)/' },
      to: { path: '^src/sim/client/commands/', pathNot: '^src/sim/client/commands/$1/' },
    },
    {
      name: 'diagrams-share-through-kit',
      severity: 'error',
      comment: 'One diagram does not import another.',
      from: { path: '^src/components/diagrams/([^/]+)/', pathNot: '^src/components/diagrams/kit/' },
      to: { path: '^src/components/diagrams/[^/]+/', pathNot: ['^src/components/diagrams/$1/', '^src/components/diagrams/kit/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'No cycles: not of types alone, nor of what loads late.',
      from: {},
      to: { circular: true },
    },
    { name: 'no-tests-imported', severity: 'error', comment: 'Nothing imports a test.', from: {}, to: { path: '\\.(test|spec)\\.tsx?$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What runs inside QuickJS imports by its own rules.
    exclude: { path: '^((dist|dist-node|\\.cache)/|src/sim/programs/languages/node/lib/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
