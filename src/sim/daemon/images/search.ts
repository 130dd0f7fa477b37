/** `docker search`: asks the Hub (or the registry that the term begins with) and filters what it says. */
import type { SearchResult } from '../../api/types/image.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { invalid, system } from '../errors.ts';
import { boolFilter, checkFilters, filterValues } from '../filters.ts';
import type { RegistryContext } from './context.ts';
import { RegistryClient } from './registryClient.ts';

const DEFAULT_LIMIT = 25;
const LIMIT_MAX = 100;

export function* search(d: RegistryContext, term: string, limit: number, filters: Filters): Sim<readonly SearchResult[]> {
  checkFilters(filters, ['is-automated', 'is-official', 'stars']);
  if (boolFilter(filters, 'is-automated', false)) return [];
  const official = boolFilter(filters, 'is-official', false);
  const stars = filterValues(filters, 'stars').map((text) => {
    if (!/^[+-]?\d+$/.test(text))
      throw invalid(`invalid filter 'stars=${text}': strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    return Number(text);
  });
  if (/^https?:\/\//.test(term)) throw invalid(`invalid repository name: repository name (${term}) should not have a scheme`);
  const count = limit === 0 ? DEFAULT_LIMIT : limit;
  if (count < 1 || count > LIMIT_MAX) throw invalid(`limit ${limit} is outside the range of [1, 100]`);
  const [head, ...rest] = term.split('/');
  const other = rest.length > 0 && (/[.:]/.test(head) || head === 'localhost');
  const name = other ? rest.join('/') : term.replace(/^library\//, '');
  const client = new RegistryClient(other ? head : 'index.docker.io', {
    nameserver: d.nameserver,
    insecureRegistries: d.config.insecureRegistries,
    auth: {},
  });
  const answer = yield* client.plain(`/v1/search?q=${encodeURIComponent(name)}&n=${count}`);
  if (answer.status !== 200) throw system(`Unexpected status code ${answer.status}`);
  const { results } = JSON.parse(decodeUtf8(answer.body)) as { results: SearchResult[] };
  const wantsOfficial = filters.has('is-official');
  const least = Math.max(0, ...stars);
  return results.filter((r) => (!wantsOfficial || r.is_official === official) && (stars.length === 0 || r.star_count >= least));
}
