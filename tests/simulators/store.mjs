// Memory for the providers. Expired things stay until the next reset: the library tells
// that they are expired, and API Particulier tells « expired » from « unknown ».
const GRANTED = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

export class Store {
  constructor() {
    this.rows = new Map();
  }

  clear() {
    this.rows.clear();
  }

  adapter() {
    const { rows } = this;
    return class {
      constructor(model) {
        this.model = model;
      }

      key(id) {
        return `${this.model}:${id}`;
      }

      async upsert(id, payload) {
        rows.set(this.key(id), payload);
      }

      async find(id) {
        return rows.get(this.key(id));
      }

      async findByUid(uid) {
        return [...rows].find(([key, row]) => key.startsWith(`${this.model}:`) && row.uid === uid)?.[1];
      }

      async findByUserCode() {
        return undefined;
      }

      async consume(id) {
        rows.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
      }

      async destroy(id) {
        rows.delete(this.key(id));
      }

      async revokeByGrantId(grantId) {
        for (const [key, row] of rows) {
          if (row.grantId === grantId && GRANTED.includes(row.kind)) rows.delete(key);
        }
      }
    };
  }
}
