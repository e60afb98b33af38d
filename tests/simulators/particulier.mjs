// API Particulier v3, FranceConnect modality: the bearer is a live access token of our
// FranceConnect, `recipient` is a SIRET, each citizen has her answer or her error.
import { take } from './faults.mjs';
import { send } from './http.mjs';
import { readData } from './settings.mjs';

const answers = readData('particulier');

const ERRORS = {
  '00101': ['Jeton invalide', 'Votre jeton FranceConnect n’est pas valide'],
  '00103': ['Jeton expiré', 'Votre jeton FranceConnect est expiré'],
  '00100': ['Privilèges insuffisants', 'Votre jeton ne permet pas d’accéder à cette API'],
  '00203': ['Paramètre recipient manquant ou incorrect', 'Le paramètre recipient doit être un SIRET'],
  '00366': ['Entité non traitable', 'Les paramètres d’état civil sont incorrects'],
  '00015': ['Appel en cours', 'Un appel identique est déjà en cours'],
  '00429': ['Trop de requêtes', 'Vous avez effectué trop de requêtes'],
  '00501': ['Délai dépassé', 'Le fournisseur de données a mis trop de temps à répondre'],
  37003: ['Dossier allocataire absent CNAV', 'Le dossier allocataire n’a pas été trouvé auprès de la CNAV.'],
  37999: ['Erreur inconnue du fournisseur', 'La réponse de la CNAV n’a pas pu être interprétée.'],
  25003: ['Entité non trouvée', 'Aucun étudiant n’a pu être trouvé avec les critères de recherche fournis.'],
  26003: ['Entité non trouvée', 'Aucun étudiant boursier n’a pu être trouvé avec les critères de recherche fournis.'],
};
const PROVIDERS = { 37: 'CNAV', 25: 'MESRI', 26: 'CNOUS' };

const FAMILY = ['cnaf_quotient_familial', 'cnaf_allocataires', 'cnaf_enfants', 'cnaf_adresse'];
const benefit = (name, ...more) => ({ name, missing: '37003', scopes: [name, `${name}_majoration`], shape: withoutSurcharge, ...more });

// path -> the citizen's answer, the scopes of which one is enough, what is missing when
// she has none, and how scopes narrow it.
const ROUTES = {
  '/v3/dss/quotient_familial': { name: 'quotient_familial', scopes: FAMILY, missing: '37003', shape: family },
  '/v3/dss/participation_familiale_eaje': { name: 'eaje', scopes: FAMILY, missing: '37003', shape: nursery },
  ...Object.fromEntries(
    ['revenu_solidarite_active', 'prime_activite', 'allocation_soutien_familial', 'allocation_adulte_handicape',
      'allocation_enfant_handicape', 'complementaire_sante_solidaire']
      .map((name) => [`/v3/dss/${name}`, benefit(name)]),
  ),
  '/v3/mesri/statut_etudiant': {
    name: 'statut_etudiant', missing: '25003', shape: (answer) => answer,
    scopes: ['mesri_admission', 'mesri_identite', 'mesri_etablissements', 'mesri_statut'],
  },
  '/v3/cnous/etudiant_boursier': scholarship(),
  '/v4/cnous/etudiant_boursier': scholarship(),
};

export class Particulier {
  constructor(franceConnect) {
    this.franceConnect = franceConnect;
  }

  async serve(req, res, url) {
    const route = ROUTES[url.pathname.replace(/\/france_connect$/, '')];
    if (req.method !== 'GET' || !route || !url.pathname.endsWith('/france_connect')) {
      refuse(res, 404, '00404');
      return;
    }
    const fault = take('particulier', ['error']);
    if (fault) {
      refuse(res, Number(fault.status) || 502, fault.code || '37999');
      return;
    }
    const [status, code, token] = await this.check(req, url, route);
    if (status) refuse(res, status, code);
    else answer(res, route, token, url);
  }

  async check(req, url, route) {
    const { AccessToken } = this.franceConnect.provider;
    const bearer = /^Bearer (\S+)$/.exec(req.headers.authorization || '')?.[1];
    const token = await AccessToken.find(bearer);
    if (!token) return [401, await AccessToken.find(bearer, { ignoreExpiration: true }) ? '00103' : '00101'];
    if (!/^\d{14}$/.test(url.searchParams.get('recipient') || '')) return [422, '00203'];
    if (!route.scopes.some((scope) => token.scopes.has(scope))) return [403, '00100'];
    return [0, '', token];
  }
}

function answer(res, route, token, url) {
  const found = answers[token.accountId]?.[route.name];
  if (typeof found === 'string') {
    const [status, code] = found.split(' ');
    refuse(res, Number(status), code);
    return;
  }
  if (!found) {
    refuse(res, 404, route.missing);
    return;
  }
  const data = route.shape(structuredClone(found), token.scopes, url.searchParams, token.accountId);
  send(res, 200, { data, links: {}, meta: {} }, { 'x-response-cached': 'false', 'x-cache-expires-in': '86400' });
}

function refuse(res, status, code) {
  const [title, detail] = ERRORS[code] || ['Erreur', 'Erreur du simulateur'];
  const provider = PROVIDERS[code.slice(0, 2)];
  const meta = { ...(provider && { provider }), ...(status === 504 && { retry_in: 300 }) };
  const source = code === '00203' ? { parameter: 'recipient' } : null;
  send(res, status, { errors: [{ code, title, detail, source, meta }] }, status === 429 ? { 'retry-after': '30' } : {});
}

function family(found, scopes, query) {
  const month = query.get('mois') && { annee: Number(query.get('annee')), mois: Number(query.get('mois')) };
  if (month) Object.assign(found.quotient_familial, month);
  return Object.fromEntries(FAMILY
    .filter((scope) => scopes.has(scope))
    .map((scope) => [scope.slice(5), found[scope.slice(5)]]));
}

function nursery(found, scopes, query, account) {
  const place = { code_cog_insee_commune_naissance: '99000' };
  const whole = answers[account].quotient_familial;
  const people = (group) => whole[group].map((person) => ({ ...person, ...place }));
  return {
    ...(scopes.has('cnaf_allocataires') && { allocataires: people('allocataires') }),
    ...(scopes.has('cnaf_enfants') && { enfants: people('enfants') }),
    ...(scopes.has('cnaf_adresse') && { adresse: whole.adresse }),
    parametres_calcul_participation_familiale: found,
  };
}

function withoutSurcharge(found, scopes) {
  if (![...scopes].some((scope) => scope.endsWith('_majoration'))) delete found.avec_majoration;
  return found;
}

function scholarship() {
  const parts = {
    cnous_statut_boursier: 'est_boursier',
    cnous_periode_versement: 'periode_versement_bourse',
    cnous_ville_etudes: 'etablissement_etudes',
    cnous_echelon_bourse: 'echelon_bourse',
    cnous_email: 'email',
  };
  return {
    name: 'etudiant_boursier',
    missing: '26003',
    scopes: Object.keys(parts),
    shape: (found, scopes) => Object.fromEntries(
      Object.entries(parts).filter(([scope]) => scopes.has(scope)).map(([, name]) => [name, found[name]]),
    ),
  };
}
