// Who may import whom. Each rule has a file in test/arch/boundaries.test.ts that breaks it.

const STAGES = [
  '1-strategy',
  '2-monitor',
  '3-acquire',
  '4-detect',
  '5-alert',
  '6-work',
  '7-plan',
  '8-outcome',
];

/** The only core files that see the inside of several stages; each may have parts beside it (sense-snapshot.ts). */
const PLANES = [
  '^src/core/(sense|flow|line|backtest)\\.ts$',
  '^src/core/(sense|flow|line|backtest)-[a-z-]+\\.ts$',
];

/** What the core takes from npm: pure calculation, each package behind one file. */
const CORE_PACKAGES = [
  { name: '@noble/hashes', file: 'src/core/vocabulary/ids.ts' },
  { name: '@marcbachmann/cel-js', file: 'src/core/vocabulary/expression.ts' },
];

const TESTS = '\\.test\\.tsx?$';
/** Every stage may use the shared words and the shape of a stage, and know who acted. */
const COMMON_GROUND = ['^src/core/vocabulary/', '^src/core/stage\\.ts$', '^src/core/access/events\\.ts$'];
const escaped = (text) => text.replace(/[/.]/g, '\\$&');
const npm = (name) => `(^|/)node_modules/${escaped(name)}(/|$)`;

const stageRules = STAGES.map((stage, n) => ({
  name: `stage-${stage}-imports-earlier-events-only`,
  comment:
    'A stage knows the facts of stages before it, never their inside and never a later stage: move what is needed into a fact, or send it as a field of a command.',
  severity: 'error',
  from: { path: `^src/core/${stage}/`, pathNot: TESTS },
  to: {
    path: '^src/core/',
    pathNot: [
      `^src/core/${stage}/`,
      ...COMMON_GROUND,
      ...STAGES.slice(0, n).map((earlier) => `^src/core/${earlier}/events\\.ts$`),
    ],
  },
}));

const packageRules = CORE_PACKAGES.map(({ name, file }) => ({
  name: `core-uses-${name.replace(/[^a-z]+/g, '-').replace(/^-/, '')}-in-one-file`,
  comment: `${name} is behind ${file}, so that it can be replaced there.`,
  severity: 'error',
  from: { path: '^src/core/', pathNot: [`^${escaped(file)}$`, TESTS] },
  to: { path: npm(name) },
}));

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...stageRules,
    ...packageRules,
    rule(
      'access-stands-alone',
      'Access is asked first and knows no stage.',
      { path: '^src/core/access/', pathNot: TESTS },
      { path: '^src/core/', pathNot: ['^src/core/access/', ...COMMON_GROUND] },
    ),
    rule(
      'vocabulary-knows-nobody',
      'The shared words depend on nothing but each other.',
      { path: '^src/core/vocabulary/', pathNot: TESTS },
      { path: '^(src|web|test|bench|scripts)/', pathNot: '^src/core/vocabulary/' },
    ),
    rule(
      'planes-alone-see-several-stages',
      'Only sense, flow, line and backtest join stages.',
      { path: '^src/core/[^/]+\\.ts$', pathNot: [...PLANES, TESTS] },
      { path: '^src/core/(\\d-|access/|views/)' },
    ),
    rule(
      'core-is-pure-of-node',
      'The core has no I/O, clock or process: they arrive as data.',
      { path: '^src/core/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'core-knows-no-shell',
      'The core does not know ports, adapters, the shell or a face.',
      { path: '^src/core/', pathNot: TESTS },
      { path: '^(src/(ports|adapters|app|api|cli)|web|test|bench|scripts)/' },
    ),
    rule(
      'core-takes-listed-packages-only',
      'Pure calculation from the list in this file, nothing else.',
      { path: '^src/core/', pathNot: TESTS },
      { path: '(^|/)node_modules/', pathNot: CORE_PACKAGES.map(({ name }) => npm(name)) },
    ),
    rule(
      'zod-stays-at-the-edges',
      'Core and ports receive parsed values; zod belongs to api, cli, config and adapters.',
      { path: '^src/', pathNot: ['^src/(api|cli|adapters)/', '^src/app/config[./]', TESTS] },
      { path: npm('zod') },
    ),
    rule(
      'views-are-for-faces',
      'Views answer the questions of api and cli; nobody else asks.',
      { path: '^src/', pathNot: ['^src/(api|cli|core/views)/', TESTS] },
      { path: '^src/core/views/' },
    ),
    rule(
      'ports-are-shapes',
      'A port speaks in words of the core and nothing else.',
      { path: '^src/ports/', pathNot: TESTS },
      { path: '^(src|web|test|bench|scripts)/', pathNot: '^src/(ports|core)/' },
    ),
    rule(
      'ports-take-no-package',
      'A port is structured-cloneable data: no package, no Node.',
      { path: '^src/ports/', pathNot: TESTS },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    ),
    rule(
      'adapters-are-islands',
      'An adapter imports ports, vocabulary and its own folder; two adapters never meet.',
      { path: '^src/adapters/([^/]+)/([^/]+)/', pathNot: TESTS },
      { path: '^(src|web)/', pathNot: ['^src/adapters/$1/$2/', '^src/ports/', '^src/core/vocabulary/'] },
    ),
    rule(
      'adapter-lists-stay-in-their-kind',
      'An all.ts of adapters lists the folders beside it.',
      { path: '^src/adapters/([^/]+)/[^/]+\\.ts$', pathNot: TESTS },
      { path: '^(src|web)/', pathNot: ['^src/adapters/$1/', '^src/ports/', '^src/core/vocabulary/'] },
    ),
    rule(
      'only-compose-knows-adapters',
      'The composition root is the one place where ports meet adapters.',
      { path: '^src/', pathNot: ['^src/adapters/', '^src/app/compose\\.ts$', TESTS] },
      { path: '^src/adapters/' },
    ),
    rule(
      'app-knows-no-face',
      'The shell runs without HTTP and without a command line.',
      { path: '^src/app/', pathNot: TESTS },
      { path: '^(src/(api|cli)|web)/' },
    ),
    rule(
      'api-knows-no-cli',
      'The API serves any client.',
      { path: '^src/api/', pathNot: TESTS },
      { path: '^(src/cli|web)/' },
    ),
    rule(
      'web-sees-the-contract-only',
      'The browser imports types from src/api/contract.ts and nothing else of the server.',
      { path: '^web/' },
      { path: '^(src|test|bench|scripts)/', pathNot: '^src/api/contract\\.ts$' },
    ),
    rule(
      'src-imports-src',
      'What ships depends on nothing that does not.',
      { path: '^src/', pathNot: TESTS },
      { path: '^(web|test|bench|scripts|tools)/' },
    ),
    rule('tests-are-leaves', 'No file imports a test.', {}, { path: TESTS }),
    rule(
      'shipped-code-needs-shipped-packages',
      'src runs where devDependencies are not installed.',
      { path: '^src/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
    rule('no-dead-ends', 'What is imported exists.', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|svg|png|woff2)' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
