// The registry's packages: versions, what they need, what they install as commands.
module.exports = {
  express: { version: '5.1.0', description: 'Fast, unopinionated, minimalist web framework', dependencies: {} },
  'body-parser': { version: '2.2.0', description: 'Node.js body parsing middleware', dependencies: { express: '^5.1.0' } },
  cors: { version: '2.8.5', description: 'Node.js CORS middleware' },
  morgan: { version: '1.10.1', description: 'HTTP request logger middleware for node.js' },
  dotenv: { version: '16.6.1', description: 'Loads environment variables from .env file' },
  uuid: { version: '11.1.0', description: 'RFC9562 UUIDs' },
  lodash: { version: '4.17.21', description: 'Lodash modular utilities.' },
  nodemon: {
    version: '3.1.10',
    description: 'Simple monitor script for use during development of a Node.js app.',
    bin: { nodemon: 'index.js' },
  },
};
