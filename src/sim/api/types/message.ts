/** One HTTP request to a daemon and its answer, as the world's view shows it. */
export interface ApiMessage {
  readonly id: number;
  readonly machine: string;
  readonly endpoint: string;
  readonly from: string;
  readonly method: string;
  readonly path: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly requestBody: string;
  readonly sentAt: number;
  readonly status: number | undefined;
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly responseBody: string;
  readonly answeredAt: number | undefined;
  readonly open: boolean;
  readonly hungUp: boolean;
}
