// A provider's signing keys, made at each start; rotation withdraws the old ones.
import { jose } from './settings.mjs';

export class Keys {
  constructor(prefix, algorithms) {
    this.prefix = prefix;
    this.algorithms = algorithms;
    this.generation = 0;
    this.current = [];
    this.old = [];
  }

  // keepOld: the old keys stay in the published set beside the new ones.
  async rotate({ keepOld = false } = {}) {
    this.generation += 1;
    this.old = keepOld ? this.current : [];
    this.current = await Promise.all(this.algorithms.map((alg) => this.make(alg)));
  }

  async make(alg) {
    const pair = await jose.generateKeyPair(alg, { extractable: true });
    const kid = `${this.prefix}:${alg}:${this.generation}`;
    return { ...(await jose.exportJWK(pair.privateKey)), kid, alg, use: 'sig' };
  }

  // The library signs with the first key that fits: the new ones come first.
  get jwks() {
    return { keys: [...this.current, ...this.old] };
  }

  find(kid) {
    return this.jwks.keys.find((key) => key.kid === kid);
  }
}
