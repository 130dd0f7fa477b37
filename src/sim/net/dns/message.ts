/** DNS messages on the wire (RFC 1035), as far as the simulated resolvers and `dig` use them. */
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from '../ip/address.ts';

export const RECORD_TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, ANY: 255 } as const;
export type RecordType = keyof typeof RECORD_TYPES;
export type ResponseCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';
const RESPONSE_CODES: readonly ResponseCode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly ttl: number;
  /** Address, name, or text, as `dig` prints it. */
  readonly data: string;
}

export interface DnsMessage {
  readonly id: number;
  readonly response: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authoritative: boolean;
  readonly code: ResponseCode;
  readonly question: { readonly name: string; readonly type: RecordType } | undefined;
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
}

function typeName(value: number): RecordType | undefined {
  return (Object.keys(RECORD_TYPES) as RecordType[]).find((name) => RECORD_TYPES[name] === value);
}

function nameBytes(name: string): number[] {
  const out: number[] = [];
  for (const label of name.split('.')) {
    if (label === '') continue;
    out.push(label.length, ...[...label].map((c) => c.charCodeAt(0) & 255));
  }
  return [...out, 0];
}

const u16 = (n: number) => [(n >> 8) & 255, n & 255];
const u32 = (n: number) => [...u16(n >>> 16), ...u16(n & 0xffff)];

function dataBytes(record: DnsRecord): number[] {
  switch (record.type) {
    case 'A':
      return u32(parseIpv4(record.data) ?? 0);
    case 'AAAA':
      return (parseIpv6(record.data) ?? []).flatMap(u16);
    case 'TXT':
      return [record.data.length, ...[...record.data].map((c) => c.charCodeAt(0) & 255)];
    case 'MX': {
      const [preference, host] = record.data.split(' ');
      return [...u16(Number(preference)), ...nameBytes(host)];
    }
    case 'SOA': {
      const [mname, rname, ...numbers] = record.data.split(' ');
      return [...nameBytes(mname), ...nameBytes(rname), ...numbers.flatMap((n) => u32(Number(n)))];
    }
    default:
      return nameBytes(record.data);
  }
}

function recordBytes(record: DnsRecord): number[] {
  const data = dataBytes(record);
  return [...nameBytes(record.name), ...u16(RECORD_TYPES[record.type]), ...u16(1), ...u32(record.ttl), ...u16(data.length), ...data];
}

export function encodeDns(m: DnsMessage): Uint8Array {
  const flags =
    (m.response ? 0x8000 : 0) |
    (m.authoritative ? 0x0400 : 0) |
    (m.recursionDesired ? 0x0100 : 0) |
    (m.recursionAvailable ? 0x0080 : 0) |
    RESPONSE_CODES.indexOf(m.code);
  const head = [m.id, flags, m.question ? 1 : 0, m.answers.length, m.authority.length, 0].flatMap(u16);
  const question = m.question ? [...nameBytes(m.question.name), ...u16(RECORD_TYPES[m.question.type]), ...u16(1)] : [];
  return new Uint8Array([...head, ...question, ...m.answers.flatMap(recordBytes), ...m.authority.flatMap(recordBytes)]);
}

/** Null if the bytes are no DNS message. */
export function decodeDns(bytes: Uint8Array): DnsMessage | null {
  try {
    return new Decoder(bytes).message();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

class Decoder {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #u8(): number {
    if (this.#at >= this.#bytes.length) throw new RangeError('short DNS message');
    return this.#bytes[this.#at++];
  }

  #u16(): number {
    return this.#u8() * 256 + this.#u8();
  }

  #u32(): number {
    return this.#u16() * 65536 + this.#u16();
  }

  #name(): string {
    const labels: string[] = [];
    for (let length = this.#u8(); length !== 0; length = this.#u8()) {
      if (length > 63) throw new RangeError('compressed names are not used here');
      labels.push(String.fromCharCode(...this.#bytes.subarray(this.#at, this.#at + length)));
      this.#at += length;
    }
    return labels.join('.');
  }

  #record(): DnsRecord {
    const name = this.#name();
    const type = typeName(this.#u16());
    this.#u16();
    const ttl = this.#u32();
    const end = this.#u16() + this.#at;
    if (!type) throw new RangeError('unknown record type');
    const data = this.#data(type);
    this.#at = end;
    return { name, type, ttl, data };
  }

  #data(type: RecordType): string {
    switch (type) {
      case 'A':
        return formatIpv4(this.#u32());
      case 'AAAA':
        return formatIpv6(Array.from({ length: 8 }, () => this.#u16()));
      case 'TXT': {
        const length = this.#u8();
        return String.fromCharCode(...this.#bytes.subarray(this.#at, this.#at + length));
      }
      case 'MX':
        return `${this.#u16()} ${this.#name()}.`;
      case 'SOA':
        return `${this.#name()}. ${this.#name()}. ${Array.from({ length: 5 }, () => this.#u32()).join(' ')}`;
      default:
        return this.#name();
    }
  }

  message(): DnsMessage {
    const id = this.#u16();
    const flags = this.#u16();
    const [questions, answers, authority] = [this.#u16(), this.#u16(), this.#u16()];
    this.#u16();
    let question: DnsMessage['question'];
    if (questions > 0) {
      const name = this.#name();
      const type = typeName(this.#u16());
      this.#u16();
      if (!type) throw new RangeError('unknown query type');
      question = { name, type };
    }
    return {
      id,
      response: (flags & 0x8000) !== 0,
      authoritative: (flags & 0x0400) !== 0,
      recursionDesired: (flags & 0x0100) !== 0,
      recursionAvailable: (flags & 0x0080) !== 0,
      code: RESPONSE_CODES[flags & 15] ?? 'SERVFAIL',
      question,
      answers: Array.from({ length: answers }, () => this.#record()),
      authority: Array.from({ length: authority }, () => this.#record()),
    };
  }
}

export function queryMessage(id: number, name: string, type: RecordType): DnsMessage {
  return {
    id,
    response: false,
    recursionDesired: true,
    recursionAvailable: false,
    authoritative: false,
    code: 'NOERROR',
    question: { name, type },
    answers: [],
    authority: [],
  };
}

export function answerMessage(query: DnsMessage, code: ResponseCode, answers: readonly DnsRecord[], authoritative = false): DnsMessage {
  return { ...query, response: true, recursionAvailable: true, authoritative, code, answers, authority: [] };
}

/** '2.0.17.172.in-addr.arpa' -> '172.17.0.2'; null for other names. */
export function reverseName(name: string): string | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa\.?$/.exec(name);
  return match ? `${match[4]}.${match[3]}.${match[2]}.${match[1]}` : null;
}

export function reverseQuery(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}
