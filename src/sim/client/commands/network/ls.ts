import type { NetworkInspect } from '../../../api/types/network.ts';
import { goTimeText } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { labelList, labelMethod, shortId } from '../../cli/format/words.ts';
import { filterQuery } from '../../engine/query.ts';

const LAYOUT: ListLayout = {
  type: 'network.networkContext',
  headers: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
};

export const command = defineCommand({
  path: 'network ls',
  *run({ cli, flags }) {
    const quiet = flags.bool('quiet');
    const chosen = chooseFormat(flags.string('format'), (yield* cli.config()).format('networksFormat'), quiet);
    const engine = yield* cli.engine();
    const networks = yield* engine.get<readonly NetworkInspect[]>('/networks', { filters: filterQuery(flags.list('filter')) });
    const sorted = [...networks].sort((a, b) => compareNatural(a.Name, b.Name));
    const rows = sorted.map((n) => rowOf(n, flags.bool('no-trunc')));
    yield* cli.out(formatList(LAYOUT, expand(chosen, quiet), rows));
  },
});

function expand(format: string, quiet: boolean): string {
  if (format === 'table') return quiet ? '{{.ID}}' : 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';
  if (format === 'raw') {
    return quiet ? 'network_id: {{.ID}}' : 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n';
  }
  return format;
}

function rowOf(network: NetworkInspect, full: boolean): Row {
  return {
    ID: full ? network.Id : shortId(network.Id),
    Name: network.Name,
    Driver: network.Driver,
    Scope: network.Scope,
    IPv4: String(network.EnableIPv4),
    IPv6: String(network.EnableIPv6),
    Internal: String(network.Internal),
    Labels: labelList(network.Labels),
    Label: labelMethod(network.Labels),
    CreatedAt: goTimeText(network.Created),
  };
}
