/** What dockerd says of a body that does not fit: `curl -d` against its socket. */
import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

const shell = worldShell();
const create = '/containers/create';

it.each([
  [create, '{"Image":5}', 'number into Go struct field CreateRequest.Config.Image of type string'],
  [create, '{"Env":5}', 'number into Go struct field CreateRequest.Config.Env of type []string'],
  [create, '{"Labels":["a"]}', 'array into Go struct field CreateRequest.Config.Labels of type map[string]string'],
  [
    create,
    '{"HostConfig":{"RestartPolicy":5}}',
    'number into Go struct field HostConfig.HostConfig.RestartPolicy of type container.RestartPolicy',
  ],
  [create, '{"HostConfig":{"Memory":"1g"}}', 'string into Go struct field HostConfig.HostConfig.Resources.Memory of type int64'],
  [
    create,
    '{"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":80}]}}}',
    'number into Go struct field PortBinding.HostConfig.PortBindings.HostPort of type string',
  ],
  [create, '{"HostConfig":{"Mounts":[5]}}', 'number into Go struct field HostConfig.HostConfig.Mounts of type mount.Mount'],
  [create, '{"Volumes":{"/x":1}}', 'number into Go struct field CreateRequest.Config.Volumes of type struct {}'],
  [create, '[]', 'array into Go value of type container.CreateRequest'],
  ['/containers/x/update', '{"Memory":true}', 'bool into Go struct field UpdateConfig.Resources.Memory of type int64'],
  ['/containers/x/exec', '{"Cmd":"ls"}', 'string into Go struct field ExecOptions.Cmd of type []string'],
  ['/networks/create', '{"Name":1}', 'number into Go struct field CreateRequest.Name of type string'],
  ['/networks/create', '{"IPAM":{"Config":{}}}', 'object into Go struct field IPAM.CreateOptions.IPAM.Config of type []network.IPAMConfig'],
  [
    '/networks/bridge/connect',
    '{"EndpointConfig":"x"}',
    'string into Go struct field ConnectOptions.EndpointConfig of type network.EndpointSettings',
  ],
  ['/volumes/create', '{"DriverOpts":{"size":1}}', 'number into Go struct field CreateOptions.DriverOpts of type string'],
  ['/auth', '{"password":[]}', 'array into Go struct field AuthConfig.password of type string'],
  ['/secrets/create', '5', 'number into Go value of type swarm.SecretSpec'],
])('POST %s %s', async (path, body, fault) => {
  const { run } = await shell;
  const { stdout } = await run(
    `curl -s -w '%{http_code}' --unix-socket /run/docker.sock -H 'Content-Type: application/json' -d '${body}' http://d/v1.50${path}`,
  );
  expect(stdout).toBe(`${JSON.stringify({ message: `invalid JSON: json: cannot unmarshal ${fault}` })}\n400`);
});

it('an empty place in a list is an empty object', async () => {
  const { run } = await shell;
  const post = (path: string, body: string) =>
    run(
      `curl -s -o /dev/null -w '%{http_code}' --unix-socket /run/docker.sock -H 'Content-Type: application/json' -d '${body}' http://d${path}`,
    );
  expect((await post('/networks/create', '{"Name":"n","IPAM":{"Config":[null]}}')).stdout).toBe('201');
  expect((await post('/containers/create', '{"HostConfig":{}}')).stdout).toBe('400');
});
