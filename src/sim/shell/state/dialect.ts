/** Which shell it is: bash, dash's `sh`, or the ash of BusyBox. */
export type Dialect = 'bash' | 'dash' | 'ash';
