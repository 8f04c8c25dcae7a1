// The explorer over the districts that are loaded: the graph grows as they come.

const MOST_DRAWN = 40; // districts that a link may have loaded
const FIRST_DRAWN = 3;
const whole = { nodes: new Map(), edges: [] };
const graphEdges = new Map();
const graphIds = new Map();
let graphed = 0; // facts that are in the graph

function makeGraph() {
  return whole;
}

/** Take in the facts that have come since; whether there were any. */
function growGraph() {
  if (graphed === DATA.facts.length) return false;
  for (; graphed < DATA.facts.length; graphed += 1) {
    const fact = DATA.facts[graphed];
    const place = "d" + fact.division;
    if (!whole.nodes.has(place)) whole.nodes.set(place, { id: place, kind: "district", ref: fact.division, label: districtName(fact.division), facts: [], near: [] });
    const key = nodeKey(fact);
    if (!graphIds.has(key)) graphIds.set(key, /^[mi]/.test(key) ? key : "f" + fact.id);
    const id = graphIds.get(key);
    if (!whole.nodes.has(id)) whole.nodes.set(id, graphNode(id, fact));
    whole.nodes.get(id).facts.push(fact);
    whole.nodes.get(place).facts.push(fact);
    const name = `${place}>${id}`;
    if (!graphEdges.has(name)) {
      const edge = { id: name, source: whole.nodes.get(place), target: whole.nodes.get(id), facts: [] };
      graphEdges.set(name, edge);
      whole.edges.push(edge);
      edge.source.near.push(edge);
      edge.target.near.push(edge);
    }
    graphEdges.get(name).facts.push(fact);
  }
  for (const node of whole.nodes.values()) node.size = node.kind === "district" ? 7 + 1.1 * Math.sqrt(node.facts.length) : 2.6 + 1.7 * Math.sqrt(node.near.length);
  return true;
}

/** The districts that the state speaks of; without any, those of most facts. */
function codesToDraw() {
  const nodes = [state.n, state.from, state.to, ...listOf(state.e)].filter(Boolean);
  const named = [...listOf(state.load), state.d, ...nodes.map((id) => id.slice(1).split("-")[0])];
  const codes = distinct(named.filter((code) => districtByCode.has(code))).slice(0, MOST_DRAWN);
  if (codes.length || DATA.facts.length) return codes;
  return [...districts].sort((a, b) => factsIn(b) - factsIn(a) || compare(a.code, b.code)).slice(0, FIRST_DRAWN).map((district) => district.code);
}

function exploreView(root) {
  const missing = codesToDraw().filter((code) => !wantDistrict(code));
  if (growGraph()) explorer.shown = "";
  if (!whole.nodes.size) return void fill(root, h("h2", null, t("exploreTitle")), missing.length ? waitingFor(...missing) : h("p", null, t("noneFound")));
  const old = document.getElementById("explorer-canvas");
  if (old && root.dataset.language === language && root.contains(old)) {
    fill(root.querySelector(".filters-place"), filterBar(), exploreState(), missing.length ? waitingFor(...missing) : null);
    updateExplorer();
    return undefined;
  }
  const canvas = h("div", { id: "explorer-canvas", class: "canvas", tabindex: "0", role: "application", "aria-label": `${t("exploreTitle")}。${t("exploreKeys")}`,
    onkeydown: exploreKeys });
  root.dataset.language = language;
  fill(root, h("h2", null, t("exploreTitle")), h("div", { class: "filters-place" }, filterBar(), exploreState(), missing.length ? waitingFor(...missing) : null),
    h("div", { class: "canvas-place" }, canvas, h("div", { id: "tip", class: "tip", hidden: true, "aria-hidden": "true" })), exploreTools());
  if (explorer.drawing) explorer.drawing._destructor();
  buildExplorer(canvas);
  updateExplorer();
  watchExplorer(canvas);
  return undefined;
}

/** Which districts are drawn, and another one to add: its province first. */
function districtPickers() {
  const drawn = distinct(DATA.facts.map((fact) => fact.division));
  const members = (groupByKey.get(state.p) || { members: [] }).members.filter((district) => !drawn.includes(district.code));
  const option = (value, label, selected) => h("option", { value, selected }, shorten(label, 24));
  return [
    h("span", { class: "note" }, t("districtsN", { n: drawn.length }), " · ", t("loadedOnly")),
    h("label", null, t("addDistrict"), " ", h("select", { id: "add-province", onchange: (event) => { location.hash = linkWith({ p: event.currentTarget.value || null }); } },
      option("", t("chooseProvince"), !state.p), groups.map(({ group, name }) => option(group, name, group === state.p)))),
    members.length ? h("select", { id: "add-district", "aria-label": t("addDistrict"), onchange: (event) => {
      if (event.currentTarget.value) location.hash = linkWith({ load: listText(distinct([...drawn, event.currentTarget.value]).slice(-MOST_DRAWN)) });
    } }, option("", "—", true), members.map((district) => option(district.code, district.name, false))) : null,
  ];
}
