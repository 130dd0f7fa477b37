/**
 * TLS as far as a student can see it: who the server says it is, who vouches for it, and what happens when one side
 * speaks TLS and the other does not. One record of JSON goes each way; the bytes after it are not encrypted.
 */
import type { Sim } from '../kernel/sim.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { Duplex } from './http/duplex.ts';
import { StreamReader } from './http/duplex.ts';

export interface Certificate {
  /** DNS names and IP addresses that it is good for; '*.example.com' covers one label. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** Its last day is over. */
  readonly expired?: boolean;
}

/** One for all who call, or chosen by the name that the client asks for (SNI). */
export type CertificateSource = Certificate | ((serverName: string) => Certificate);

/** The authority that every simulated machine trusts. */
export const PUBLIC_AUTHORITY = 'Drydock Public Root CA';

export interface TlsClientOptions {
  /** Take any certificate (curl -k, insecure registries). */
  readonly insecure?: boolean;
  /** Issuers trusted besides the public one. */
  readonly trusted?: readonly string[];
}

/** Why a handshake failed; each client words it in its own way. */
export class TlsError extends Error {
  readonly reason: 'unknownAuthority' | 'wrongName' | 'expired' | 'notTls';
  readonly certificate: Certificate | undefined;
  constructor(reason: TlsError['reason'], message: string, certificate?: Certificate) {
    super(message);
    this.name = 'TlsError';
    this.reason = reason;
    this.certificate = certificate;
  }
}

const HANDSHAKE = 0x16;

function record(value: unknown): Uint8Array {
  // The empty line ends the wait of a server that takes the record for a request in HTTP: it answers, and the client knows.
  const body = encodeUtf8(`${JSON.stringify(value)}\r\n\r\n`);
  const out = new Uint8Array(5 + body.length);
  out.set([HANDSHAKE, 3, 3, body.length >> 8, body.length & 0xff]);
  out.set(body, 5);
  return out;
}

/** A record, or null if the peer speaks something else. Reads no byte too many. */
function* readRecord(stream: Duplex): Sim<unknown> {
  const reader = new StreamReader(stream);
  if ((yield* reader.peek()) !== HANDSHAKE) return null;
  const head = yield* reader.exactly(5);
  const body = yield* reader.exactly((head[3] << 8) | head[4]);
  return JSON.parse(decodeUtf8(body));
}

function certificateCovers(certificate: Certificate, host: string): boolean {
  return certificate.names.some((name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)));
}

/** The client's side; throws {@link TlsError}. */
export function* tlsClientHandshake(stream: Duplex, host: string, options: TlsClientOptions): Sim<Certificate> {
  yield* stream.write(record({ sni: host }));
  const answer = (yield* readRecord(stream)) as { certificate: Certificate } | null;
  if (!answer) throw new TlsError('notTls', 'http: server gave HTTP response to HTTPS client');
  const { certificate } = answer;
  if (options.insecure) return certificate;
  if (certificate.issuer !== PUBLIC_AUTHORITY && !options.trusted?.includes(certificate.issuer)) {
    throw new TlsError('unknownAuthority', 'tls: failed to verify certificate: x509: certificate signed by unknown authority', certificate);
  }
  if (certificate.expired)
    throw new TlsError('expired', 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid', certificate);
  if (!certificateCovers(certificate, host)) {
    const names = certificate.names.join(', ');
    throw new TlsError('wrongName', `tls: failed to verify certificate: x509: certificate is valid for ${names}, not ${host}`, certificate);
  }
  return certificate;
}

/** The server's side: false if the client spoke no TLS. The client waits for the answer, so nothing can follow the record. */
export function* tlsServerHandshake(stream: Duplex, source: CertificateSource): Sim<boolean> {
  const hello = (yield* readRecord(stream)) as { sni?: string } | null;
  if (!hello) return false;
  yield* stream.write(record({ certificate: typeof source === 'function' ? source(hello.sni ?? '') : source }));
  return true;
}
