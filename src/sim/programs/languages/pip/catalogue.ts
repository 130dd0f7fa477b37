/** The packages of the simulated PyPI: small ones of ours, under the names, versions and sizes of the real ones. */

export interface PythonPackage {
  readonly name: string;
  readonly version: string;
  /** As a requirement names them. */
  readonly requires: readonly string[];
  /** Bytes of the wheel, in kilobytes as pip shows it. */
  readonly kilobytes: number;
  readonly summary: string;
  /** Folder of the Python text; none for those of which only the name is needed. */
  readonly module?: string;
  /** Command and the module that it runs. */
  readonly script?: readonly [command: string, module: string];
}

export const CATALOGUE: readonly PythonPackage[] = [
  {
    name: 'flask',
    version: '3.1.2',
    requires: ['blinker>=1.9.0', 'click>=8.1.3', 'itsdangerous>=2.2.0', 'jinja2>=3.1.2', 'markupsafe>=2.1.1', 'werkzeug>=3.1.0'],
    kilobytes: 103,
    summary: 'A simple framework for building complex web applications.',
    module: 'flask',
    script: ['flask', 'flask'],
  },
  { name: 'blinker', version: '1.9.0', requires: [], kilobytes: 8.5, summary: 'Fast, simple object-to-object and broadcast signaling' },
  { name: 'click', version: '8.3.1', requires: [], kilobytes: 108, summary: 'Composable command line interface toolkit' },
  { name: 'itsdangerous', version: '2.2.0', requires: [], kilobytes: 16, summary: 'Safely pass data to untrusted environments and back.' },
  {
    name: 'jinja2',
    version: '3.1.6',
    requires: ['markupsafe>=2.0'],
    kilobytes: 134,
    summary: 'A very fast and expressive template engine.',
    module: 'jinja2',
  },
  {
    name: 'markupsafe',
    version: '3.0.3',
    requires: [],
    kilobytes: 23,
    summary: 'Safely add untrusted strings to HTML/XML markup.',
    module: 'markupsafe',
  },
  {
    name: 'werkzeug',
    version: '3.1.4',
    requires: ['markupsafe>=2.1.1'],
    kilobytes: 224,
    summary: 'The comprehensive WSGI web application library.',
    module: 'werkzeug',
  },
  {
    name: 'requests',
    version: '2.32.5',
    requires: ['charset_normalizer<4,>=2', 'idna<4,>=2.5', 'urllib3<3,>=1.21.1', 'certifi>=2017.4.17'],
    kilobytes: 64,
    summary: 'Python HTTP for Humans.',
    module: 'requests',
  },
  { name: 'charset_normalizer', version: '3.4.4', requires: [], kilobytes: 154, summary: 'The Real First Universal Charset Detector.' },
  { name: 'idna', version: '3.11', requires: [], kilobytes: 71, summary: 'Internationalized Domain Names in Applications (IDNA)' },
  {
    name: 'urllib3',
    version: '2.6.2',
    requires: [],
    kilobytes: 131,
    summary: 'HTTP library with thread-safe connection pooling, file post, and more.',
  },
  { name: 'certifi', version: '2025.11.12', requires: [], kilobytes: 159, summary: "Python package for providing Mozilla's CA Bundle." },
  {
    name: 'redis',
    version: '7.1.0',
    requires: [],
    kilobytes: 354,
    summary: 'Python client for Redis database and key-value store',
    module: 'redis',
  },
  {
    name: 'gunicorn',
    version: '23.0.0',
    requires: ['packaging'],
    kilobytes: 85,
    summary: 'WSGI HTTP Server for UNIX',
    module: 'gunicorn',
    script: ['gunicorn', 'gunicorn'],
  },
  { name: 'packaging', version: '25.0', requires: [], kilobytes: 66, summary: 'Core utilities for Python packages' },
];

/** Names are compared without case, and `-`, `_` and `.` are the same (PEP 503). */
export const canonical = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

export const findPackage = (name: string): PythonPackage | undefined => CATALOGUE.find((one) => canonical(one.name) === canonical(name));
