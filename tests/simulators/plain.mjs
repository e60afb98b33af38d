// A plain OpenID provider in ProConnect's manner: RS256 or PS256, keys and claims of its
// own, PKCE required, agents instead of citizens.
import { createHash } from 'node:crypto';

import { readForm, send } from './http.mjs';
import { errorPage, pickPage } from './pages.mjs';
import { errors } from './settings.mjs';
import { grantAll } from './franceconnect.mjs';
import { Simulated } from './provider.mjs';

const LEVELS = ['eidas1', 'eidas2', 'eidas3'];

export class PlainProvider extends Simulated {
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
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: client.alg,
      ...(client.json_userinfo ? {} : { userinfo_signed_response_alg: client.alg }),
    };
  }

  configuration() {
    return {
      ...super.configuration(),
      acrValues: LEVELS,
      scopes: ['openid'],
      claims: {
        acr: null,
        amr: null,
        auth_time: null,
        iss: null,
        openid: ['sub'],
        profile: ['given_name', 'usual_name', 'uid'],
        ...Object.fromEntries(
          ['given_name', 'usual_name', 'uid', 'email', 'siret', 'belonging_population', 'phone_number']
            .map((name) => [name, [name]]),
        ),
      },
      clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
      pkce: { required: () => true },
      enabledJWA: {
        idTokenSigningAlgValues: ['RS256', 'PS256'],
        userinfoSigningAlgValues: ['RS256', 'PS256'],
      },
      cookies: {
        names: { session: 'oidc_session_id', interaction: 'oidc_interaction_id', resume: 'oidc_resume_id' },
        keys: ['cle-de-cookies-du-second-simulateur'],
      },
      findAccount: (_ctx, id) =>
        this.people[id] && { accountId: id, claims: async () => this.claimsOf(id) },
      renderError: (ctx, out) => {
        ctx.type = 'html';
        ctx.body = errorPage(out.error, out.error_description || '');
      },
      ttl: {
        AccessToken: () => 60,
        AuthorizationCode: () => 60,
        IdToken: () => 60,
        Session: () => 1800,
        Grant: () => 1800,
        Interaction: () => 1800,
      },
    };
  }

  claimsOf(id) {
    const { note, ...claims } = this.people[id];
    const uid = createHash('sha256').update(`agent ${id}`).digest('hex').slice(0, 16);
    return { sub: id, uid, ...claims };
  }

  async interact(req, res) {
    let details;
    try {
      details = await this.provider.interactionDetails(req, res);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      send(res, 400, errorPage('session_not_found', 'the interaction is over'));
      return;
    }
    if (req.method === 'GET') {
      send(res, 200, pickPage(this.client(details.params.client_id).client_name, this.people));
      return;
    }
    const form = await readForm(req);
    const key = form.get('person');
    const asked = (details.params.acr_values || '').split(' ');
    const result = this.people[key]
      ? {
        login: { accountId: key, acr: asked.find((level) => LEVELS.includes(level)) || 'eidas1', amr: ['pwd'] },
        consent: { grantId: await grantAll(this.provider, key, details) },
      }
      : { error: 'access_denied', error_description: 'User auth aborted' };
    await this.provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  }
}
