// One-shot faults, asked for by POST /_sim/fault: broken answers and malicious tokens.
import { createHmac } from 'node:crypto';

import { jose } from './settings.mjs';

const now = () => Math.floor(Date.now() / 1000);
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// What can go wrong with any answer of an endpoint.
const ANSWERS = ['status_500', 'status_503', 'status_429', 'slow', 'html', 'empty', 'drop', 'not_json'];

// How a payload is spoilt; it is then signed again with the provider's own key.
const PAYLOADS = {
  wrong_aud: (p) => ({ ...p, aud: 'un-autre-service' }),
  extra_aud: (p) => ({ ...p, aud: [p.aud, 'un-autre-service'], azp: 'un-autre-service' }),
  no_aud: ({ aud, ...p }) => p,
  wrong_iss: (p) => ({ ...p, iss: 'https://autre.invalid/api/v2' }),
  no_iss: ({ iss, ...p }) => p,
  wrong_nonce: (p) => ({ ...p, nonce: 'x'.repeat(32) }),
  no_nonce: ({ nonce, ...p }) => p,
  low_acr: (p) => ({ ...p, acr: 'eidas0' }),
  no_acr: ({ acr, ...p }) => p,
  expired: (p) => ({ ...p, iat: now() - 3700, exp: now() - 3600 }),
  no_exp: ({ exp, ...p }) => p,
  future: (p) => ({ ...p, iat: now() + 3600, exp: now() + 3660 }),
  not_yet: (p) => ({ ...p, nbf: now() + 3600 }),
  other_sub: (p) => ({ ...p, sub: `${'0'.repeat(64)}v1` }),
  no_sub: ({ sub, ...p }) => p,
  malformed_sub: (p) => ({ ...p, sub: '<script>alert(1)</script>' }),
  huge: (p) => ({ ...p, filler: 'x'.repeat(400_000) }),
  no_pivot: ({ family_name, given_name, given_name_array, ...p }) => p,
  odd_types: (p) => ({ ...p, family_name: ['A', 'B'], birthdate: 19620824, gender: null }),
};

// How a token is signed wrongly; each gets ({header, payload, key, secret}).
const SIGNATURES = {
  alg_none: ({ header, payload }) => `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`,
  hs256: ({ header, payload, secret }) => hmac(header, payload, secret),
  hs256_public_key: async ({ header, payload, key }) =>
    hmac(header, payload, await publicPem(key)),
  bad_signature: ({ token }) => {
    const [head, body, signature] = token.split('.');
    return `${head}.${body}.${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
  },
  unknown_key: async ({ header, payload }) => {
    const { privateKey } = await jose.generateKeyPair(header.alg);
    return sign({ ...header, kid: `inconnu-${now()}` }, payload, privateKey);
  },
  usurped_kid: async ({ header, payload }) => {
    const { privateKey } = await jose.generateKeyPair(header.alg);
    return sign(header, payload, privateKey);
  },
  no_kid: async ({ header: { kid, ...header }, payload, key }) =>
    sign(header, payload, await jose.importJWK(key, header.alg)),
  malformed: () => 'ceci.nest.pasunjeton',
};

const CALLBACKS = ['wrong_iss', 'no_iss', 'wrong_state', 'no_state', 'no_code', 'error'];
const SETS = ['oct_key', 'only_oct_key', 'no_keys'];
const DISCOVERIES = ['wrong_issuer', 'other_host'];
const SERVICES = ['particulier', 'entreprises', 'associations', 'adresses', 'tuiles'];
export const ENDPOINTS = ['discovery', 'jwks', 'authorize', 'token', 'userinfo', 'session_end', 'revocation', ...SERVICES];

// target -> the kinds it knows
export const KINDS = {
  id_token: ['missing', ...Object.keys(SIGNATURES), ...Object.keys(PAYLOADS)],
  callback: CALLBACKS,
  ...Object.fromEntries(ENDPOINTS.map((name) => [name, [...ANSWERS]])),
};
KINDS.userinfo.push('unsigned', 'unauthorized', ...Object.keys(SIGNATURES), ...Object.keys(PAYLOADS));
KINDS.token.push('invalid_grant', 'invalid_client');
KINDS.jwks.push(...SETS);
KINDS.discovery.push(...DISCOVERIES);
KINDS.particulier.push('error');
KINDS.tuiles.push('large', 'redirect');

const pending = [];

export function plan(fault) {
  if (!KINDS[fault.target]?.includes(fault.kind)) return false;
  pending.push({ times: 1, seconds: 15, ...fault });
  return true;
}

export const planned = () => pending;
export const forget = () => { pending.length = 0; };

// take TARGET [KINDS]: the next fault for the target, used up.
export function take(target, kinds = KINDS[target]) {
  const index = pending.findIndex((f) => f.target === target && kinds.includes(f.kind));
  if (index < 0) return undefined;
  const fault = pending[index];
  fault.times -= 1;
  if (fault.times <= 0) pending.splice(index, 1);
  return fault;
}

export const takeAnswer = (target) => take(target, ANSWERS);
export const takeToken = (target) =>
  take(target, KINDS[target].filter((kind) => !ANSWERS.includes(kind)));

export async function spoilToken(token, kind, keys, secret) {
  const header = jose.decodeProtectedHeader(token);
  const payload = jose.decodeJwt(token);
  const key = keys.find(header.kid);
  if (SIGNATURES[kind]) return SIGNATURES[kind]({ token, header, payload, key, secret });
  const spoilt = PAYLOADS[kind](payload);
  return sign(header, spoilt, await jose.importJWK(key, header.alg));
}

export function spoilCallback(location, fault) {
  const url = new URL(location);
  const { searchParams: query } = url;
  if (fault.kind === 'wrong_iss') query.set('iss', 'https://autre.invalid/api/v2');
  if (fault.kind === 'no_iss') query.delete('iss');
  if (fault.kind === 'wrong_state') query.set('state', 'x'.repeat(43));
  if (fault.kind === 'no_state') query.delete('state');
  if (fault.kind === 'no_code') query.delete('code');
  if (fault.kind === 'error') {
    query.delete('code');
    query.set('error', fault.error || 'server_error');
    query.set('error_description', fault.description || '<b>texte étranger</b>');
  }
  return url.href;
}

export function spoilSet(set, kind) {
  if (kind === 'no_keys') return { keys: [] };
  const oct = { kty: 'oct', k: Buffer.from('secret').toString('base64url'), use: 'sig' };
  return { keys: [{ ...oct, kid: set.keys[0].kid, alg: 'HS256' }, ...(kind === 'oct_key' ? set.keys : [])] };
}

export function spoilDiscovery(document, kind) {
  if (kind === 'wrong_issuer') return { ...document, issuer: 'https://autre.invalid/api/v2' };
  const moved = (url) => url.replace(/^https?:\/\/[^/]+/, 'https://autre.invalid');
  const names = ['token_endpoint', 'userinfo_endpoint', 'jwks_uri'];
  return { ...document, ...Object.fromEntries(names.map((name) => [name, moved(document[name])])) };
}

function hmac(header, payload, secret) {
  const head = `${encode({ ...header, alg: 'HS256' })}.${encode(payload)}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

async function publicPem({ d, p, q, dp, dq, qi, ...key }) {
  return jose.exportSPKI(await jose.importJWK(key, key.alg, { extractable: true }));
}

const sign = async (header, payload, key) => {
  const text = new TextEncoder().encode(JSON.stringify(payload));
  return new jose.CompactSign(text).setProtectedHeader(header).sign(key);
};
