/** Docker Hub's search: index.docker.io/v1/search. Names and stars as of August 2026, rounded; the descriptions are our own. */
import type { Sim } from '../../kernel/sim.ts';
import type { HttpRequest, ResponseWriter } from '../../net/http/server.ts';

type Listed = readonly [name: string, stars: number, description: string];

const LISTED: readonly Listed[] = [
  ['alpine', 11500, 'A minimal image with musl libc, busybox and a package manager'],
  ['ubuntu', 17800, 'Ubuntu, a Linux distribution built on Debian'],
  ['debian', 5350, 'Debian, a distribution of free software only'],
  ['busybox', 3400, 'Many small UNIX tools in one binary'],
  ['centos', 7700, 'CentOS, no longer maintained'],
  ['fedora', 1200, 'The official images of Fedora Linux'],
  ['hello-world', 2500, 'Hello World! A first container'],
  ['nginx', 21200, 'Official build of Nginx'],
  ['httpd', 4900, 'The Apache HTTP Server'],
  ['caddy', 880, 'A web server with automatic HTTPS'],
  ['haproxy', 2000, 'A reliable TCP and HTTP load balancer'],
  ['traefik', 3600, 'A reverse proxy that finds its services by itself'],
  ['mysql', 15900, 'MySQL, a widely used relational database'],
  ['mariadb', 6000, 'MariaDB Server, a relational database made by the makers of MySQL'],
  ['postgres', 14600, 'PostgreSQL, an object-relational database'],
  ['mongo', 10600, 'MongoDB document databases'],
  ['redis', 13600, 'Redis, a data structure server in memory'],
  ['memcached', 2400, 'A cache for objects in memory, over the network'],
  ['rabbitmq', 5300, 'RabbitMQ, a message broker'],
  ['elasticsearch', 6600, 'Elasticsearch, a search and analytics engine'],
  ['kibana', 2700, 'Kibana, a window into Elasticsearch'],
  ['logstash', 2200, 'Logstash collects events and logs'],
  ['node', 14000, 'Node.js, a JavaScript platform for servers'],
  ['python', 10400, 'Python, an interpreted programming language'],
  ['golang', 5100, 'Go, a general-purpose compiled language'],
  ['ruby', 2500, 'Ruby, a dynamic object-oriented language'],
  ['php', 7900, 'PHP, a scripting language for the web'],
  ['openjdk', 4100, 'Early-access builds of OpenJDK'],
  ['eclipse-temurin', 640, 'OpenJDK builds by Eclipse Temurin'],
  ['tomcat', 3800, 'Apache Tomcat, Java servlets and pages'],
  ['registry', 4200, 'The distribution implementation for storing container images'],
  ['wordpress', 5900, 'WordPress, for blogs and web sites'],
  ['ghost', 1800, 'Ghost, a publishing platform'],
  ['nextcloud', 4600, 'A home for all your data'],
  ['adminer', 1100, 'Database management in one PHP file'],
  ['phpmyadmin', 1200, 'A web interface for MySQL and MariaDB'],
  ['docker', 2700, 'Docker in Docker'],
  ['bash', 600, 'The GNU Bourne Again shell'],
  ['jenkins/jenkins', 4300, 'The leading open source automation server'],
  ['gitea/gitea', 900, 'Git with a cup of tea: a self-hosted Git service'],
  ['grafana/grafana', 3400, 'The official Grafana image'],
  ['prom/prometheus', 2100, 'Prometheus, monitoring with time series'],
  ['portainer/portainer-ce', 2800, 'Portainer Community Edition'],
  ['nginxdemos/hello', 200, 'Nginx serving a page that tells which server answered'],
  ['traefik/whoami', 180, 'A tiny Go server that prints what it was asked'],
  ['bitnami/nginx', 210, 'Bitnami container image for NGINX'],
  ['bitnami/redis', 320, 'Bitnami container image for Redis'],
  ['bitnami/postgresql', 320, 'Bitnami container image for PostgreSQL'],
  ['bitnami/wordpress', 270, 'Bitnami container image for WordPress'],
  ['alpine/git', 260, 'A git command in an Alpine container'],
  ['curlimages/curl', 180, 'The official curl image'],
  ['nicolaka/netshoot', 600, 'A toolbox for network troubleshooting'],
  ['dockersamples/101-tutorial', 60, 'A getting started tutorial'],
  ['docker/welcome-to-docker', 200, 'A first container with a web page'],
  ['dockersamples/static-site', 80, 'A static web site in Nginx'],
  ['docker/whalesay', 900, 'An image for Docker’s first demo'],
];

const PAGE = 25;

/** Answers GET /v1/search?q=...&n=... */
export function* answerSearch(req: HttpRequest, res: ResponseWriter): Sim<void> {
  const query = (req.query.get('q') ?? '').toLowerCase();
  const limit = Number(req.query.get('n') ?? PAGE) || PAGE;
  const found = LISTED.filter(([name, , text]) => name.includes(query) || text.toLowerCase().includes(query));
  const rank = ([name, stars]: Listed): number => (name === query ? 1e9 : name.includes(query) ? 1e6 : 0) + stars;
  const results = [...found]
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, limit)
    .map(([name, star_count, description]) => ({
      star_count,
      is_official: !name.includes('/'),
      name,
      is_automated: false,
      description,
    }));
  res.headers.set('Content-Type', 'application/json');
  yield* res.writeHead(200);
  yield* res.end(`${JSON.stringify({ num_pages: 1, num_results: results.length, page: 1, page_size: limit, query, results })}\n`);
}
