/** Asking the sandbox. */

export class Refused extends Error {}

/** @param {string} method @param {string} path @param {any} [body] */
async function ask(method, path, body) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  let response;
  try {
    response = await fetch(path, { method, ...sent });
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({ error: `The sandbox answered ${response.status}.` }));
  if (!response.ok) throw new Refused(answer.error || `The sandbox answered ${response.status}.`);
  return answer;
}

/** @param {string} path @param {Record<string, string | number>} [query] */
export const get = (path, query = {}) => {
  const search = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
  return ask("GET", `/sandbox/${path}${search.size ? `?${search}` : ""}`);
};

/** @param {string} path @param {any} [body] */
export const post = (path, body = {}) => ask("POST", `/sandbox/${path}`, body);
