// The pages of the simulators, in French: neither FranceConnect's logo nor its colours.
const MARKS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escape = (text) => String(text).replace(/[&<>"']/g, (mark) => MARKS[mark]);

const STYLE = `
  body { font: 18px/1.5 sans-serif; margin: 0; color: #161616; background: #fff }
  main, header { max-width: 44rem; margin: 0 auto; padding: 1rem }
  header p { border: 2px dashed #8a4b00; padding: .5rem 1rem; color: #6b3a00; margin: 0 }
  h1 { font-size: 1.6rem; line-height: 1.2 }
  ul { list-style: none; padding: 0 }
  li { margin: .5rem 0 }
  button { font: inherit; text-align: left; padding: .6rem 1rem; border: 1px solid #666;
    background: #f6f6f6; color: inherit; cursor: pointer; overflow-wrap: anywhere }
  li button { width: 100% }
  button:hover { background: #e8e8e8 }
  button:focus-visible, a:focus-visible { outline: 3px solid #0a76f6; outline-offset: 2px }
  small { display: block; color: #444 }
  code { font-size: 1.1em }
  main { overflow-wrap: anywhere }`;

export const page = (title, content) => `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>${escape(title)} — simulateur</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header><p>Simulateur : personnes et données inventées. Ce n’est pas un service de l’État.</p></header>
<main>${content}</main></body></html>`;

export function nameOf(person) {
  const given = person.given_names ? person.given_names.join(', ') : person.given_name;
  const usage = person.preferred_username ? ` (nom d’usage : ${person.preferred_username})` : '';
  return `${given} ${person.family_name || person.usual_name}${usage}`;
}

const detailOf = (person) =>
  [person.birthdate && `Date de naissance : ${person.idp_birthdate || person.birthdate}`, person.note]
    .filter(Boolean).join(' — ');

export function pickPage(service, people) {
  const rows = Object.entries(people).map(([key, person]) => `<li>
    <button type="submit" name="person" value="${escape(key)}">${escape(nameOf(person))}
    <small>${escape(detailOf(person))}</small></button></li>`);
  return page('Choisir une identité', `<h1>Qui se connecte à « ${escape(service)} » ?</h1>
    <form method="post"><ul>${rows.join('')}</ul>
    <p><button type="submit" name="cancel" value="1">Abandonner et revenir sur « ${escape(service)} »</button></p></form>`);
}

export function choicePage(service, key, person, scope) {
  return page('Continuer', `<h1>Continuer vers « ${escape(service)} »</h1>
    <p>Vous êtes déjà connecté : <strong>${escape(nameOf(person))}</strong>.</p>
    <p>Données transmises : <code lang="en" translate="no">${escape(scope)}</code></p>
    <form method="post"><p><button type="submit" name="person" value="${escape(key)}">Continuer sur « ${escape(service)} »</button></p>
    <p><button type="submit" name="cancel" value="1">Abandonner et revenir sur « ${escape(service)} »</button></p></form>
    <p><a href="?autre">Choisir une autre identité</a></p>`);
}

export function refusalPage(code, service) {
  return page('Connexion impossible', `<h1>Nous n’avons pas pu vous connecter</h1>
    <p>Code d’erreur : <code>${escape(code)}</code></p>
    <form method="post"><p><button type="submit" name="refused" value="${escape(code)}">Revenir sur « ${escape(service)} »</button></p></form>`);
}

export function errorPage(code, detail) {
  return page('Erreur', `<h1>Une erreur est survenue</h1>
    <p>Code d’erreur : <code>${escape(code)}</code></p><p>${escape(detail)}</p>`);
}

export function logoutPage(form) {
  const confirmed = form.replace('</form>', `<input type="hidden" name="logout" value="yes">
    <button type="submit">Se déconnecter</button></form>
    <script>document.forms[0].submit()</script>`);
  return page('Déconnexion', `<h1>Déconnexion</h1>${confirmed}`);
}

export function homePage(people, agents, addresses) {
  const list = (group) => Object.entries(group)
    .map(([key, person]) => `<li><code>${escape(key)}</code> ${escape(nameOf(person))}<small>${escape(detailOf(person))}</small></li>`);
  return page('Simulateurs', `<h1>Simulateurs</h1>
    <ul>${addresses.map(([what, url]) => `<li>${escape(what)} : <code>${escape(url)}</code></li>`).join('')}</ul>
    <h2>Usagers</h2><ul>${list(people).join('')}</ul><h2>Agents</h2><ul>${list(agents).join('')}</ul>`);
}
