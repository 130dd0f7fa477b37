import type { ContainerView } from '../../state/app.ts';

/** Commands that lead on from the containers there are: a first one, then the web server, then what one does with it. */
export function suggestions(containers: readonly Pick<ContainerView, 'name' | 'status' | 'ports'>[]): readonly string[] {
  const newest = containers.at(-1);
  const running = containers.findLast((container) => container.status === 'running');
  if (!newest)
    return ['docker run hello-world', 'docker run -d -p 8080:80 --name web nginx', 'docker run -it ubuntu bash', 'docker version'];
  if (!running)
    return ['docker ps -a', 'docker run -d -p 8080:80 --name web nginx', `docker logs ${newest.name}`, `docker rm ${newest.name}`];
  const published = running.ports.find((port) => port.hostPort !== undefined && port.protocol === 'tcp');
  return [
    'docker ps',
    ...(published ? [`curl localhost:${published.hostPort}`] : []),
    `docker exec -it ${running.name} sh`,
    `docker logs -f ${running.name}`,
    `docker stop ${running.name}`,
  ];
}
