import type { MachineView, RegistryView } from './view.ts';

const hub = { host: 'docker.io', title: 'Docker Hub' };

/** The registries that the machines speak to: Docker Hub always, others once something went there. */
export function registryViews(machines: Iterable<MachineView>): readonly RegistryView[] {
  const views = new Map<string, RegistryView>([[hub.host, { ...hub, active: 0, lastRepository: undefined }]]);
  for (const machine of machines) {
    for (const { host, repository, active } of machine.transfers.values()) {
      const known = views.get(host);
      views.set(host, {
        host,
        title: known?.title ?? host,
        active: (known?.active ?? 0) + (active ? 1 : 0),
        lastRepository: repository,
      });
    }
  }
  return [...views.values()];
}
