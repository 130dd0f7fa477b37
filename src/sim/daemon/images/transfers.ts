/** What pulls and pushes are under way, as records: a drawing shows each layer where it is. */
import type { Cause, RecordStore } from '../../lib/records.ts';
import { familiarString, type Reference } from '../../oci/reference.ts';
import type { DaemonTables, TransferLayerRecord, TransferRecord } from '../records.ts';

/** One pull or push, from its first request to the registry to its end. */
export class Transfer {
  readonly #records: RecordStore<DaemonTables>;
  readonly #cause: Cause;
  readonly #id: string;

  /** Begins it. What the same registry saw before, and is over, is forgotten. */
  constructor(records: RecordStore<DaemonTables>, direction: TransferRecord['direction'], reference: Reference, cause: Cause) {
    this.#records = records;
    this.#cause = cause;
    const known = records.all('transfers');
    this.#id = String(known.reduce((last, { id }) => Math.max(last, Number(id)), 0) + 1);
    records.commit(cause, (tx) => {
      for (const old of known) if (!old.active && old.domain === reference.domain) tx.remove('transfers', old.id);
      tx.insert('transfers', {
        id: this.#id,
        direction,
        active: true,
        domain: reference.domain,
        repository: reference.path,
        reference: familiarString(reference),
        layers: [],
      });
    });
  }

  /** The layers that it consists of, base first. */
  plan(layers: readonly TransferLayerRecord[]): void {
    this.#update({ layers });
  }

  /** A layer has come further. */
  layer(id: string, patch: Partial<Omit<TransferLayerRecord, 'id'>>): void {
    const { layers } = this.#records.get('transfers', this.#id)!;
    this.#update({ layers: layers.map((layer) => (layer.id === id ? { ...layer, ...patch } : layer)) });
  }

  /** Over, well or not. Yields nothing, so that a daemon which is killed still closes its transfers. */
  end(): void {
    this.#update({ active: false });
  }

  #update(patch: Partial<TransferRecord>): void {
    this.#records.commit(this.#cause, (tx) => tx.update('transfers', this.#id, patch));
  }
}
