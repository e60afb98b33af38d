// What the two OpenID providers share: a mount path, keys that rotate, faults, and the
// library's provider remade when its keys or its clients change.
import { take, takeAnswer, takeToken, spoilCallback, spoilDiscovery, spoilSet, spoilToken } from './faults.mjs';
import { send, wait } from './http.mjs';
import { logoutPage } from './pages.mjs';
import { BASE, LOGOUT_PATH, Provider, RETURN_PATH, SITES } from './settings.mjs';
import { Store } from './store.mjs';

// The library's name of a route -> the target of a fault.
const TARGETS = {
  discovery: 'discovery',
  jwks: 'jwks',
  authorization: 'authorize',
  token: 'token',
  userinfo: 'userinfo',
  end_session: 'session_end',
  revocation: 'revocation',
};

export class Simulated {
  constructor(mount, keys, clients, people) {
    this.mount = mount;
    this.issuer = BASE + mount;
    this.keys = keys;
    this.declared = clients;
    this.people = people;
    this.store = new Store();
    this.sites = new Set(SITES);
  }

  async start() {
    await this.keys.rotate();
    this.build();
  }

  async rotate(options) {
    await this.keys.rotate(options);
    this.build();
  }

  reset() {
    this.store.clear();
    this.sites = new Set(SITES);
    this.keys.old = [];
    this.build();
  }

  addSite(url) {
    this.sites.add(url);
    this.build();
  }

  client(id) {
    return this.declared.find((client) => client.client_id === id);
  }

  metadata({ client_id, client_secret, client_name }) {
    const under = (path) => [...this.sites].map((site) => site + path);
    return {
      client_id,
      client_secret,
      client_name,
      redirect_uris: under(RETURN_PATH),
      post_logout_redirect_uris: under(LOGOUT_PATH),
      response_types: ['code'],
      grant_types: ['authorization_code'],
      require_auth_time: true,
    };
  }

  // What each of them says the same to the library.
  configuration() {
    return {
      adapter: this.store.adapter(),
      clients: this.declared.map((client) => this.metadata(client)),
      jwks: this.keys.jwks,
      responseTypes: ['code'],
      conformIdTokenClaims: true,
      features: {
        devInteractions: { enabled: false },
        dPoP: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        jwtUserinfo: { enabled: true },
        claimsParameter: { enabled: true },
        revocation: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (ctx, form) => { ctx.body = logoutPage(form); },
        },
      },
      routes: {
        authorization: '/authorize',
        token: '/token',
        userinfo: '/userinfo',
        jwks: '/jwks',
        end_session: '/session/end',
        revocation: '/token/revocation',
      },
      interactions: { url: (_ctx, { uid }) => `${this.mount}/interaction/${uid}` },
    };
  }

  build() {
    const provider = new Provider(this.issuer, this.configuration());
    provider.use((ctx, next) => this.around(ctx, next));
    this.provider = provider;
    this.handle = provider.callback();
  }

  // Around each of the library's answers: the plan of faults, and the caches' headers.
  async around(ctx, next) {
    await next();
    const route = ctx.oidc?.route;
    if (['discovery', 'jwks'].includes(route)) ctx.set('cache-control', 'public, max-age=600');
    if (ctx.status >= 400) {
      this.explain(ctx, route);
      return;
    }
    if (route === 'token') await this.spoilTokens(ctx);
    if (route === 'userinfo') await this.spoilUserinfo(ctx);
    if (route === 'jwks') this.spoil(ctx, 'jwks', spoilSet);
    if (route === 'discovery') this.spoil(ctx, 'discovery', spoilDiscovery);
    const back = ctx.response.get('location');
    if (back && ['authorization', 'resume'].includes(route) && /[?&](code|error)=/.test(back)) {
      const fault = take('callback');
      if (fault) ctx.set('location', spoilCallback(back, fault));
    }
  }

  // explain: what a provider adds to an error in JSON.
  explain() {}

  spoil(ctx, target, change) {
    const fault = takeToken(target);
    if (fault) ctx.body = change(ctx.body, fault.kind);
  }

  async spoilTokens(ctx) {
    const refusal = takeToken('token');
    if (refusal) {
      ctx.status = refusal.kind === 'invalid_client' ? 401 : 400;
      ctx.body = { error: refusal.kind, error_description: 'refusé par le simulateur' };
      this.explain(ctx, 'token');
      return;
    }
    const fault = take('id_token');
    if (!fault || !ctx.body?.id_token) return;
    const { id_token: token, ...others } = ctx.body;
    const secret = ctx.oidc.client.clientSecret;
    ctx.body = fault.kind === 'missing'
      ? others
      : { ...others, id_token: await spoilToken(token, fault.kind, this.keys, secret) };
  }

  async spoilUserinfo(ctx) {
    const fault = takeToken('userinfo');
    if (!fault) return;
    if (fault.kind === 'unauthorized') {
      ctx.status = 401;
      ctx.body = { error: 'invalid_token', error_description: 'invalid token provided' };
    } else if (fault.kind === 'unsigned') {
      const payload = JSON.parse(Buffer.from(ctx.body.split('.')[1], 'base64url'));
      ctx.type = 'application/json';
      ctx.body = payload;
    } else if (typeof ctx.body === 'string') {
      ctx.body = await spoilToken(ctx.body, fault.kind, this.keys, ctx.oidc.client.clientSecret);
    }
  }

  // serve: one request under our mount; the library sees the path without it.
  async serve(req, res) {
    const url = new URL(req.url, BASE);
    const path = url.pathname.slice(this.mount.length) || '/';
    const route = this.routes[path];
    if (route && await answerWithFault(TARGETS[route], res)) return;
    if (path.startsWith('/interaction/')) {
      await this.interact(req, res, path.split('/')[2]);
      return;
    }
    if (await this.refuse(req, res, path, url)) return;
    req.originalUrl = req.url;
    req.url = req.url.slice(this.mount.length);
    await this.handle(req, res);
  }

  // refuse: what is stricter here than in the library; true when it was answered.
  async refuse() {
    return false;
  }
}

// answerWithFault: plays a planned fault of a whole answer; true when it ended it.
export async function answerWithFault(target, res) {
  const fault = target && takeAnswer(target);
  if (!fault) return false;
  const { kind, seconds } = fault;
  if (kind === 'slow') {
    await wait(seconds);
    return false;
  }
  if (kind === 'drop') res.destroy();
  else if (kind === 'html') send(res, 200, '<!DOCTYPE html><title>Maintenance</title><h1>Maintenance</h1>');
  else if (kind === 'empty') send(res, 200, '', { 'content-type': 'application/json' });
  else if (kind === 'not_json') send(res, 200, '{"tronqué": ', { 'content-type': 'application/json' });
  else send(res, Number(kind.slice(-3)), { error: 'server_error' }, { 'retry-after': '5' });
  return true;
}
