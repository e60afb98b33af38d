// Where the simulator listens, and where its npm packages are (in the cache of ./grc).
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const PORT = Number(process.env.GRC_SIM_PORT || 1090);
export const BASE = `http://127.0.0.1:${PORT}`;
// The sites that may receive people back: each with the add-on's two paths.
export const SITES = (process.env.GRC_SIM_SITES || 'http://localhost:8069,http://127.0.0.1:8069')
  .split(',')
  .filter(Boolean);
export const RETURN_PATH = '/franceconnect/retour';
export const LOGOUT_PATH = '/franceconnect/retour-deconnexion';

// FranceConnect's lives, in seconds (franceconnect.md, section 0); POST /_sim/settings
// changes them until the next reset.
export const FC_LIVES = { access_token: 60, code: 30, id_token: 60, session: 1800 };
export const lives = { ...FC_LIVES };

export const readData = (name) =>
  JSON.parse(readFileSync(path.join(HERE, 'data', `${name}.json`), 'utf8'));

const modules = process.env.GRC_SIM_MODULES || HERE;
const { resolve } = createRequire(pathToFileURL(path.join(modules, 'anchor.cjs')));
const load = (name) => import(pathToFileURL(resolve(name)));

export const { Provider, errors } = await load('oidc-provider');
export const jose = await load('jose');
