// Three public registers with a few invented rows, in the shapes of their public APIs:
// « Recherche d'entreprises » (Sirene), associations (RNA, as API Entreprise gives it)
// and the national base of addresses (BAN).
import { send } from './http.mjs';
import { readData } from './settings.mjs';

const { entreprises, associations, adresses } = readData('registers');

const flat = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
const holds = (row, query) => {
  const text = flat(JSON.stringify(Object.values(row)));
  return flat(query).split(' ').every((word) => text.includes(word));
};

// GET /search?q=&page=&per_page=&code_postal=
export function searchCompanies(res, query) {
  const asked = query.get('q') || '';
  if (flat(asked).length < 3 && !query.has('code_postal')) {
    const erreur = '3 caractères minimum pour les termes de la requête (ou utilisez au moins un filtre)';
    send(res, 400, { erreur });
    return;
  }
  const page = Math.max(1, Number(query.get('page')) || 1);
  const size = Math.min(25, Math.max(1, Number(query.get('per_page')) || 10));
  const found = entreprises.filter((row) =>
    (!asked || holds(row, asked)) &&
    (!query.has('code_postal') || row.siege.code_postal === query.get('code_postal')));
  send(res, 200, {
    results: found.slice((page - 1) * size, page * size).map((row) => ({ ...row, matching_etablissements: [row.siege] })),
    total_results: found.length,
    page,
    per_page: size,
    total_pages: Math.ceil(found.length / size),
  });
}

// GET …/open_data/{RNA or SIREN}
export function readAssociation(res, identifier) {
  const found = associations.find((row) => [row.rna, row.siren].includes(identifier));
  if (found) {
    send(res, 200, { data: found, links: {}, meta: {} });
    return;
  }
  const isWritten = /^(W\w{9}|\d{9})$/.test(identifier);
  const code = isWritten ? '04003' : '00302';
  const title = isWritten ? 'Entité non trouvée' : 'Entité non traitable';
  const detail = isWritten ? 'Aucune association ne correspond.' : 'Le numéro de SIREN ou de RNA n’est pas correct.';
  send(res, isWritten ? 404 : 422, { errors: [{ code, title, detail, source: null, meta: {} }] });
}

// GET /search/?q=&limit=&postcode=&citycode=&type=
export function searchAddresses(res, query) {
  const asked = (query.get('q') || '').trim();
  if (asked.length < 3 || asked.length > 200 || !/^[\p{L}\d]/u.test(asked)) {
    send(res, 400, {
      code: 400,
      message: 'Failed parsing query',
      detail: ['q: must contain between 3 and 200 chars and start with a number or a letter'],
    });
    return;
  }
  const limit = Math.min(100, Math.max(1, Number(query.get('limit')) || 5));
  const filters = ['postcode', 'citycode', 'type'].filter((name) => query.has(name));
  const features = adresses
    .filter((row) => holds({ label: row.label }, asked))
    .filter((row) => filters.every((name) => row[name] === query.get(name)))
    .slice(0, limit)
    .map(feature);
  send(res, 200, {
    type: 'FeatureCollection', version: 'draft', features, attribution: 'BAN', licence: 'ETALAB-2.0', query: asked, limit,
  });
}

function feature({ lon, lat, ...properties }) {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { score: 0.9, importance: 0.5, ...properties },
  };
}
