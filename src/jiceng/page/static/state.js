// Where the reader is: kept in the URL's fragment alone, so that links, back and forward work.
// #view?d=350212&f=0a1b… ; d district, p province, f fact, t mechanism type, m mechanism, i indicator, a article, q search,
// raw the file beside the article. In the explorer: n node, e expanded nodes, x hidden ones, pin places, from and to
// the ends of a path. Filters: c class, ft type, fp province, fl level, fu unit.

const VIEWS = ["network", "explore", "district", "tiers", "matrix", "indicators", "source"];
const KEYS = ["d", "p", "t", "m", "i", "a", "q", "raw", "n", "e", "x", "pin", "from", "to", "c", "ft", "fp", "fl", "fu", "f", "lang"];

function readState() {
  const fragment = location.hash.replace(/^#/, "");
  const cut = fragment.indexOf("?");
  const view = cut < 0 ? fragment : fragment.slice(0, cut);
  const values = new URLSearchParams(cut < 0 ? "" : fragment.slice(cut + 1));
  const state = { view: [...VIEWS, "search"].includes(view) ? view : "network" };
  for (const key of KEYS) if (values.has(key)) state[key] = values.get(key);
  return state;
}

let state = readState();

/** The link to a state; what is not given is left out, except the language. */
function link(target) {
  const values = new URLSearchParams();
  const full = { lang: state.lang, ...target };
  for (const key of KEYS) if (full[key]) values.set(key, full[key]);
  const query = values.toString();
  return "#" + (target.view || state.view) + (query && "?" + query);
}

/** The link to the present state with some values changed (null takes one away). */
function linkWith(changes) {
  return link({ ...state, ...changes });
}

function go(target) {
  location.hash = link(target);
}
