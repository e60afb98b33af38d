// FranceConnect v2 (the « low » platform), as its own source and tests say it behaves.
import { createHash, randomUUID } from 'node:crypto';

import { readBody, readForm, redirect, send } from './http.mjs';
import { choicePage, errorPage, pickPage, refusalPage } from './pages.mjs';
import { errors, lives } from './settings.mjs';
import { Simulated } from './provider.mjs';

const REQUIRED = ['client_id', 'response_type', 'scope', 'redirect_uri', 'acr_values', 'nonce', 'state'];
const OPTIONAL = ['prompt', 'claims', 'idp_hint', 'ui_locales'];
const LOGOUT = ['id_token_hint', 'state', 'post_logout_redirect_uri', 'client_id', 'logout_hint', 'ui_locales'];
const LEVELS = ['eidas1', 'eidas2', 'eidas3'];
const OUR_LEVEL = 'eidas1';
const ABORTED = 'user authentication aborted';

// The code of a refusal -> what goes back to the service.
const REFUSALS = {
  Y010011: ['temporarily_unavailable', 'authentication aborted due to a technical error'],
  Y010012: ['temporarily_unavailable', 'authentication aborted due to a technical error'],
  Y010013: ['server_error', 'authentication aborted due to a technical error'],
  Y600006: ['server_error', 'authentication aborted due to a technical error'],
};

const NAMES = ['given_name', 'given_name_array'];
const PLACE = ['birthplace', 'birthcountry'];
const CLAIMS = {
  openid: ['sub'],
  profile: [...NAMES, 'family_name', 'birthdate', 'gender', 'preferred_username'],
  birth: PLACE,
  identite_pivot: [...NAMES, 'family_name', 'birthdate', 'gender', ...PLACE],
  given_name: NAMES,
  ...Object.fromEntries(
    ['family_name', 'gender', 'birthdate', ...PLACE, 'email', 'preferred_username', 'idp_birthdate', 'idp_id']
      .map((name) => [name, [name]]),
  ),
};

// Scopes that only data providers understand.
export const DATA_SCOPES = [
  'cnaf_quotient_familial', 'cnaf_allocataires', 'cnaf_enfants', 'cnaf_adresse',
  'revenu_solidarite_active', 'revenu_solidarite_active_majoration',
  'prime_activite', 'prime_activite_majoration', 'allocation_soutien_familial',
  'allocation_adulte_handicape', 'allocation_adulte_handicape_majoration',
  'allocation_enfant_handicape', 'complementaire_sante_solidaire',
  'mesri_admission', 'mesri_identite', 'mesri_etablissements', 'mesri_statut',
  'cnous_statut_boursier', 'cnous_echelon_bourse', 'cnous_email', 'cnous_periode_versement',
  'cnous_ville_etudes',
  'dgfip_rfr', 'dgfip_nbpart', 'dgfip_sitfam', 'dgfip_aft', 'dgfip_nbpac', 'dgfip_annee_n_moins_1',
];

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

export function subject(person, entity) {
  const place = person.birthcountry === '99100' ? person.birthplace : '';
  const identity = sha256(
    [person.given_names.join(' '), person.family_name, person.birthdate, person.gender, place, person.birthcountry].join(''),
  );
  return `${sha256(`${entity}${identity}secret-du-simulateur`)}v1`;
}

function claimsOf(person) {
  const { note, refused, given_names: names, ...claims } = person;
  return {
    ...claims,
    given_name: names.join(' '),
    given_name_array: names,
    idp_birthdate: person.idp_birthdate || person.birthdate,
    idp_id: 'fournisseur-de-demonstration',
  };
}

export class FranceConnect extends Simulated {
  routes = {
    '/.well-known/openid-configuration': 'discovery',
    '/jwks': 'jwks',
    '/authorize': 'authorization',
    '/token': 'token',
    '/userinfo': 'userinfo',
    '/session/end': 'end_session',
    '/token/revocation': 'revocation',
  };

  metadata(client) {
    return {
      ...super.metadata(client),
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: client.alg,
      userinfo_signed_response_alg: client.alg,
      subject_type: 'pairwise',
      // Required by the library as soon as a client has two hosts; never fetched.
      sector_identifier_uri: `https://secteur.invalid/${client.entity}`,
    };
  }

  configuration() {
    return {
      ...super.configuration(),
      acrValues: [OUR_LEVEL],
      scopes: ['openid', ...DATA_SCOPES],
      claims: { acr: null, amr: ['amr'], auth_time: null, iss: null, ...CLAIMS },
      clientAuthMethods: ['client_secret_post'],
      subjectTypes: ['pairwise'],
      pairwiseIdentifier: (_ctx, account, { clientId }) =>
        subject(this.people[account], this.client(clientId).entity),
      sectorIdentifierUriValidate: () => false,
      clockTolerance: 0,
      pkce: { required: () => false },
      enabledJWA: {
        idTokenSigningAlgValues: ['ES256', 'RS256', 'HS256'],
        userinfoSigningAlgValues: ['ES256', 'RS256', 'HS256'],
      },
      cookies: {
        names: { session: 'fc_session_id', interaction: 'fc_interaction_id', resume: 'fc_resume_id' },
        keys: ['cle-de-cookies-du-simulateur'],
      },
      findAccount: (_ctx, id) =>
        this.people[id] && { accountId: id, claims: async () => ({ sub: id, ...claimsOf(this.people[id]) }) },
      renderError: (ctx, out, error) => {
        ctx.type = 'html';
        ctx.body = errorPage(codeOf(error), out.error_description || out.error);
      },
      ttl: {
        AccessToken: () => lives.access_token,
        AuthorizationCode: () => lives.code,
        IdToken: () => lives.id_token,
        Session: () => lives.session,
        Grant: () => lives.session,
        Interaction: () => 1800,
      },
    };
  }

  // explain: error_uri carries the code and the incident's number.
  explain(ctx, route) {
    if (!['token', 'userinfo', 'revocation'].includes(route) || !ctx.body?.error) return;
    const page = 'https://docs.partenaires.franceconnect.gouv.fr/fs/fs-technique/fs-technique-erreurs/';
    ctx.body = { ...ctx.body, error_uri: `${page}?code=Y04SIM&id=${randomUUID()}` };
  }

  async refuse(req, res, path, url) {
    if (path === '/authorize') return this.refuseRequest(req, res, url);
    if (path === '/session/end' && req.method === 'GET') return this.refuseLogout(res, url);
    if (path === '/token/revocation' && req.method === 'POST') return this.refuseRevocation(req, res);
    return false;
  }

  async refuseRequest(req, res, url) {
    if (req.method === 'POST') {
      // The same request, by GET: the same closed list for both.
      redirect(res, `${this.mount}/authorize?${await readForm(req)}`);
      return true;
    }
    const query = url.searchParams;
    const problem = problemOf(query);
    if (problem) {
      send(res, 400, errorPage('Y030007', problem));
      return true;
    }
    const client = await this.provider.Client.find(query.get('client_id'));
    if (!client || !client.redirectUriAllowed(query.get('redirect_uri'))) return false;
    if (asksAmr(query) && !this.client(client.clientId).amr) {
      send(res, 400, errorPage('Y100009', 'the client may not ask for amr'));
      return true;
    }
    const asked = query.get('acr_values').split(' ').find((level) => LEVELS.includes(level)) || OUR_LEVEL;
    if (asked !== OUR_LEVEL) {
      const description = `acr_value is not valid, should be equal one of these values, expected ${OUR_LEVEL}, got ${asked}`;
      redirect(res, this.backWith(query, 'invalid_acr', description));
      return true;
    }
    if (query.has('idp_hint')) {
      redirect(res, this.backWith(query, 'invalid_idp_hint', 'An idp_hint was provided but is not allowed'));
      return true;
    }
    query.set('acr_values', OUR_LEVEL);
    query.set('prompt', 'login consent');
    req.url = `${this.mount}/authorize?${query}`;
    return false;
  }

  backWith(query, error, error_description) {
    const back = new URL(query.get('redirect_uri'));
    const answer = { error, error_description, state: query.get('state'), iss: this.issuer };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    return back.href;
  }

  refuseLogout(res, url) {
    const names = [...url.searchParams.keys()];
    if (names.every((name) => LOGOUT.includes(name)) && url.searchParams.get('id_token_hint')) return false;
    send(res, 400, errorPage('Y030007', 'session/end: id_token_hint is required, others are refused'));
    return true;
  }

  async refuseRevocation(req, res) {
    const text = await readBody(req);
    const form = new URLSearchParams(text);
    const names = [...form.keys()];
    const allowed = ['token', 'client_id', 'client_secret'];
    if (names.some((name) => !allowed.includes(name)) || (form.get('token') || '').length < 43) {
      send(res, 400, { error: 'invalid_request', error_description: 'unexpected field, or token too short' });
      return true;
    }
    req.body = text; // already read: the library takes it from here
    return false;
  }

  // interact: the page where a person is chosen, and what was chosen there.
  async interact(req, res, uid) {
    let details;
    try {
      details = await this.provider.interactionDetails(req, res);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      send(res, 400, errorPage('Y000400', 'the interaction is over'));
      return;
    }
    const client = this.client(details.params.client_id);
    if (req.method === 'GET') {
      const known = details.session?.accountId;
      const other = new URL(req.url, this.issuer).searchParams.has('autre');
      const page = known && this.people[known] && !other
        ? choicePage(client.client_name, known, this.people[known], details.params.scope)
        : pickPage(client.client_name, this.people);
      send(res, 200, page);
      return;
    }
    const form = await readForm(req);
    const result = await this.result(form, details, client, res);
    if (result) await this.provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  }

  async result(form, details, client, res) {
    if (form.has('cancel')) return { error: 'access_denied', error_description: 'User auth aborted' };
    if (form.has('refused')) {
      const [error, error_description] = REFUSALS[form.get('refused')] || ['access_denied', ABORTED];
      return { error, error_description };
    }
    const key = form.get('person');
    const person = this.people[key];
    if (!person) {
      send(res, 400, errorPage('Y000400', 'nobody of that name'));
      return undefined;
    }
    if (person.refused) {
      send(res, 400, refusalPage(person.refused, client.client_name));
      return undefined;
    }
    return {
      login: { accountId: key, acr: OUR_LEVEL, amr: ['fc', 'pwd'], remember: true },
      consent: { grantId: await grantAll(this.provider, key, details) },
    };
  }
}

// grantAll: everything asked is granted, as on FranceConnect's information page.
export async function grantAll(provider, accountId, { params }) {
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const asked = params.claims ? JSON.parse(params.claims) : {};
  grant.addOIDCClaims(Object.values(asked).flatMap((claims) => Object.keys(claims || {})));
  return grant.save();
}

function problemOf(query) {
  const names = [...query.keys()];
  const unknown = names.find((name) => ![...REQUIRED, ...OPTIONAL].includes(name));
  if (unknown) return `property ${unknown} should not exist`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `${twice} is given twice`;
  const missing = REQUIRED.find((name) => !query.get(name));
  if (missing) return `${missing} should not be empty`;
  if (query.get('nonce').length < 22) return 'nonce must be longer than or equal to 22 characters';
  if (query.has('prompt') && !['login', 'consent', 'login consent', 'consent login'].includes(query.get('prompt'))) {
    return 'prompt must be login, consent, or both';
  }
  return claimsProblem(query.get('claims'));
}

function claimsProblem(claims) {
  try {
    if (claims) JSON.parse(claims);
    return '';
  } catch {
    return 'claims must be JSON';
  }
}

function asksAmr(query) {
  const claims = query.get('claims') ? JSON.parse(query.get('claims')) : {};
  return Boolean(claims.id_token && 'amr' in claims.id_token) || query.get('scope').split(' ').includes('amr');
}

function codeOf(error) {
  if (error instanceof errors.InvalidClient) return 'Y04EA6EF';
  if (error instanceof errors.InvalidRedirectUri) return 'Y04C013C';
  return 'Y04SIM';
}
