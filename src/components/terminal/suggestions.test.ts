import { expect, it } from 'vitest';
import { suggestions } from './suggestions.ts';

it('suggests what leads on from the containers there are', () => {
  expect(suggestions([])[0]).toBe('docker run hello-world');
  expect(suggestions([{ name: 'calm_bell', status: 'exited', ports: [] }])).toEqual([
    'docker ps -a',
    'docker run -d -p 8080:80 --name web nginx',
    'docker logs calm_bell',
    'docker rm calm_bell',
  ]);
  const ports = [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0', network: 'bridge' }] as const;
  expect(suggestions([{ name: 'web', status: 'running', ports }])).toEqual([
    'docker ps',
    'curl localhost:8080',
    'docker exec -it web sh',
    'docker logs -f web',
    'docker stop web',
  ]);
});
