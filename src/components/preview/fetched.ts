/** An answer of the simulated network as the preview reads it. */
export class Fetched {
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  readonly body: Uint8Array;

  constructor(answer: { status: number; headers: readonly (readonly [string, string])[]; body: Uint8Array }) {
    const header = (name: string) => answer.headers.find(([key]) => key.toLowerCase() === name)?.[1];
    this.status = answer.status;
    this.type = (header('content-type') ?? 'text/html').split(';')[0]!.trim().toLowerCase();
    this.location = header('location');
    this.body = answer.body;
  }

  text(): string {
    return new TextDecoder().decode(this.body);
  }

  dataUrl(): string {
    let binary = '';
    for (const byte of this.body) binary += String.fromCharCode(byte);
    return `data:${this.type};base64,${btoa(binary)}`;
  }
}
