// The simulators on one port of the loopback interface; /_sim/ is for tests.
import http from 'node:http';

import { forget, KINDS, plan, planned } from './faults.mjs';
import { FranceConnect } from './franceconnect.mjs';
import { readBody, send } from './http.mjs';
import { Keys } from './keys.mjs';
import { homePage } from './pages.mjs';
import { Particulier } from './particulier.mjs';
import { PlainProvider } from './plain.mjs';
import { answerWithFault } from './provider.mjs';
import { readAssociation, searchAddresses, searchCompanies } from './registers.mjs';
import { BASE, FC_LIVES, lives, PORT, readData } from './settings.mjs';
import { serveTile } from './tiles.mjs';

const people = readData('people');
const agents = readData('agents');
const clients = readData('clients');
const franceConnect = new FranceConnect('/api/v2', new Keys('pkcs11', ['ES256', 'RS256']), clients.franceconnect, people);
const plain = new PlainProvider('/oidc', new Keys('oidc', ['RS256', 'PS256']), clients.plain, agents);
const providers = { franceconnect: franceConnect, oidc: plain };
const particulier = new Particulier(franceConnect);

const ADDRESSES = [
  ['FranceConnect (émetteur)', franceConnect.issuer],
  ['OpenID Connect simple (émetteur)', plain.issuer],
  ['API Particulier', BASE],
  ['Recherche d’entreprises', `${BASE}/entreprises`],
  ['Associations', `${BASE}/associations`],
  ['Adresses (BAN)', `${BASE}/adresses`],
  ['Plan (tuiles)', `${BASE}/tuiles/{z}/{x}/{y}.png`],
];
const ASSOCIATION = '/associations/v4/djepva/api-association/associations/open_data/';

// === WHAT HAPPENED === //

const log = [];
const SECRETS = ['client_secret', 'code_verifier'];

function note(req, res, form) {
  const url = new URL(req.url, BASE);
  if (url.pathname.startsWith('/_sim')) return;
  const row = { at: new Date().toISOString(), method: req.method, path: url.pathname };
  row.query = Object.fromEntries(url.searchParams);
  row.authorization = (req.headers.authorization || '').split(' ')[0];
  log.push(row);
  if (log.length > 1000) log.shift();
  res.on('close', () => { row.status = res.statusCode; });
  form((text) => {
    if (!/urlencoded/.test(req.headers['content-type'] || '')) return;
    const fields = Object.fromEntries(new URLSearchParams(text));
    SECRETS.forEach((name) => { if (name in fields) fields[name] = '***'; });
    row.form = fields;
  });
}

// The body is read by whoever answers; we only listen to what passes.
function listen(req) {
  return (done) => {
    const { push } = req;
    let text = '';
    req.push = function heard(chunk, ...rest) {
      if (chunk === null) done(text);
      else text += chunk;
      return push.call(this, chunk, ...rest);
    };
  };
}

// === CONTROLS === //

const CONTROLS = {
  'GET /_sim/health': () => ({ status: 'ok' }),
  'GET /_sim/log': () => log,
  'GET /_sim/people': () => ({ people, agents }),
  'GET /_sim/fault': () => ({ kinds: KINDS, planned: planned() }),
  'POST /_sim/fault': (fault) => (plan(fault) ? { planned: planned() } : undefined),
  'POST /_sim/rotate': async ({ provider = 'franceconnect', keep_old: keepOld = false }) => {
    if (!Object.hasOwn(providers, provider)) return undefined;
    await providers[provider].rotate({ keepOld });
    return { kids: providers[provider].keys.jwks.keys.map(({ kid }) => kid) };
  },
  'POST /_sim/site': ({ url }) => {
    if (!/^https?:\/\/[^/]+$/.test(url || '')) return undefined;
    Object.values(providers).forEach((provider) => provider.addSite(url));
    return { sites: [...franceConnect.sites] };
  },
  'POST /_sim/settings': (values) => {
    const known = Object.entries(values).every(([name, value]) => name in lives && Number.isInteger(value) && value > 0);
    return known ? Object.assign(lives, values) : undefined;
  },
  'POST /_sim/reset': () => {
    forget();
    log.length = 0;
    Object.assign(lives, FC_LIVES);
    Object.values(providers).forEach((provider) => provider.reset());
    return { status: 'ok' };
  },
};

// readValues: the JSON that was sent; what is no object is an empty one.
async function readValues(req) {
  try {
    return { ...JSON.parse(await readBody(req)) };
  } catch {
    return {};
  }
}

async function control(req, res, path) {
  const action = CONTROLS[`${req.method} ${path}`];
  if (!action) {
    send(res, 404, { error: 'unknown control', controls: Object.keys(CONTROLS) });
    return;
  }
  const answer = await action(await readValues(req));
  if (answer) send(res, 200, answer);
  else send(res, 400, { error: 'bad value', kinds: KINDS, settings: lives });
}

// === ROUTES === //

async function register(res, url) {
  const { pathname: path, searchParams: query } = url;
  if (await answerWithFault(path.split('/')[1], res)) return;
  if (path === '/entreprises/search') searchCompanies(res, query);
  else if (path === '/adresses/search' || path === '/adresses/search/') searchAddresses(res, query);
  else if (path.startsWith(ASSOCIATION)) readAssociation(res, path.slice(ASSOCIATION.length));
  else send(res, 404, { error: 'not_found' });
}

async function route(req, res) {
  const url = new URL(req.url, BASE);
  const path = url.pathname;
  if (path.startsWith('/_sim/')) await control(req, res, path);
  else if (path.startsWith(`${franceConnect.mount}/`)) await franceConnect.serve(req, res);
  else if (path.startsWith(`${plain.mount}/`)) await plain.serve(req, res);
  else if (/^\/v[34]\//.test(path)) {
    if (!await answerWithFault('particulier', res)) await particulier.serve(req, res, url);
  } else if (/^\/(entreprises|associations|adresses)\//.test(path)) await register(res, url);
  else if (path.startsWith('/tuiles/')) await serveTile(res, path);
  else if (path === '/') send(res, 200, homePage(people, agents, ADDRESSES));
  else send(res, 404, { error: 'not_found' });
}

// Answers may not be framed, and a stranger's page may not plan a fault: a control asks
// for JSON, which a form of another site cannot send.
function refusesStranger(req) {
  return req.method === 'POST' && req.url.startsWith('/_sim/') &&
    !(req.headers['content-type'] || '').startsWith('application/json');
}

const server = http.createServer(async (req, res) => {
  note(req, res, listen(req));
  try {
    if (refusesStranger(req)) send(res, 415, { error: 'application/json is needed' });
    else await route(req, res);
  } catch (error) {
    console.error(error);
    send(res, 500, { error: 'simulator', error_description: String(error) });
  }
});

await Promise.all(Object.values(providers).map((provider) => provider.start()));
server.listen(PORT, '127.0.0.1', () => console.log(`Simulators: ${BASE}/`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
