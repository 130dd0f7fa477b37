/**
 * Image references as Docker reads them (distribution/reference): `[domain[:port]/]path[:tag][@digest]`.
 * "Normalised" means that docker.io and library/ are written out; "familiar" that they are left away.
 */
import { own } from '../lib/dictionary.ts';

/** A named reference, normalised. */
export interface Reference {
  /** 'docker.io', 'localhost:5000'. */
  readonly domain: string;
  /** 'library/nginx' */
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** A text that is no reference. `kind` is what `api/httpStatus.ts` looks at: 400. */
export class ReferenceError extends Error {
  readonly kind = 'invalid';
  constructor(message: string) {
    super(message);
    this.name = 'ReferenceError';
  }
}

export const DEFAULT_DOMAIN = 'docker.io';
const OFFICIAL = 'library';
const LEGACY_DOMAIN = 'index.docker.io';
const NAME_LENGTH_MAX = 255;

const DOMAIN_LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = `(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const TAG_ONLY = new RegExp(`^${TAG}$`);
const IDENTIFIER = /^[a-f0-9]{64}$/;
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Reads what a person typed. Throws {@link ReferenceError} with Docker's words. */
export function parseReference(text: string): Reference {
  if (IDENTIFIER.test(text)) throw new ReferenceError(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const [domain, remainder] = splitDomain(text);
  const colon = remainder.indexOf(':');
  const remote = colon < 0 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote) {
    throw new ReferenceError(`invalid reference format: repository name (${remote}) must be lowercase`);
  }
  const match = REFERENCE.exec(`${domain}/${remainder}`);
  if (!match) throw new ReferenceError('invalid reference format');
  if (remote.length > NAME_LENGTH_MAX) throw new ReferenceError(`repository name must not be more than ${NAME_LENGTH_MAX} characters`);
  const digest = match[3] as string | undefined;
  if (digest !== undefined) checkDigest(digest);
  return { domain, path: match[1].slice(domain.length + 1), tag: match[2] as string | undefined, digest };
}

/** What precedes the first slash is a registry only if it looks like a host: it has a dot, a port or a capital, or is localhost. */
function splitDomain(text: string): [domain: string, remainder: string] {
  const slash = text.indexOf('/');
  const head = slash < 0 ? '' : text.slice(0, slash);
  let domain = DEFAULT_DOMAIN;
  let remainder = text;
  if (slash >= 0 && (head === 'localhost' || /[.:]/.test(head) || head.toLowerCase() !== head)) {
    domain = head === LEGACY_DOMAIN ? DEFAULT_DOMAIN : head;
    remainder = text.slice(slash + 1);
  }
  if (domain === DEFAULT_DOMAIN && !remainder.includes('/')) remainder = `${OFFICIAL}/${remainder}`;
  return [domain, remainder];
}

function checkDigest(digest: string): void {
  const [algorithm, hex] = digest.split(':');
  const length = own(DIGEST_LENGTHS, algorithm);
  if (length === undefined) throw new ReferenceError('unsupported digest algorithm');
  if (hex.length !== length) throw new ReferenceError('invalid checksum digest length');
  if (!/^[a-f0-9]+$/.test(hex)) throw new ReferenceError('invalid checksum digest format');
}

/** 'docker.io/library/nginx' */
export function repositoryName(reference: Reference): string {
  return `${reference.domain}/${reference.path}`;
}

/** The whole, normalised: 'docker.io/library/nginx:1.27@sha256:...'. */
export function referenceString(reference: Reference): string {
  return repositoryName(reference) + suffix(reference);
}

/** 'nginx', 'team/app', 'localhost:5000/app'. */
export function familiarName(reference: Pick<Reference, 'domain' | 'path'>): string {
  if (reference.domain !== DEFAULT_DOMAIN) return `${reference.domain}/${reference.path}`;
  const prefix = `${OFFICIAL}/`;
  const rest = reference.path.slice(prefix.length);
  return reference.path.startsWith(prefix) && !rest.includes('/') ? rest : reference.path;
}

/** 'nginx:latest' */
export function familiarString(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

function suffix(reference: Reference): string {
  return (reference.tag === undefined ? '' : `:${reference.tag}`) + (reference.digest === undefined ? '' : `@${reference.digest}`);
}

/** No tag and no digest: only a repository. */
export function isNameOnly(reference: Reference): boolean {
  return reference.tag === undefined && reference.digest === undefined;
}

/** Adds :latest to a bare name. */
export function withDefaultTag(reference: Reference): Reference {
  return isNameOnly(reference) ? { ...reference, tag: 'latest' } : reference;
}

/** The same repository with this tag. Throws `invalid tag format`. */
export function withTag(reference: Reference, tag: string): Reference {
  if (!TAG_ONLY.test(tag)) throw new ReferenceError('invalid tag format');
  return { domain: reference.domain, path: reference.path, tag, digest: undefined };
}

export function withDigest(reference: Reference, digest: string): Reference {
  checkDigest(digest);
  return { domain: reference.domain, path: reference.path, tag: undefined, digest };
}
