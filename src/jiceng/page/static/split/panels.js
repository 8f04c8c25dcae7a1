// The frame's figures and the panels, of data that may have to be loaded.

function counts() {
  return { districts: number(String(districts.length)), articles: number(String(SPLIT.articles)), facts: number(String(SPLIT.facts)) };
}

function panelContent() {
  const found = state.f ? lookFor(state.f) : "none";
  const path = state.view === "explore" && !state.n ? pathShown() : [];
  if (found === "there") return [factPanel(factById.get(state.f)), linkWith({ f: null })];
  if (found !== "none") return [waitingPanel(state.f.split("-")[0], found), linkWith({ f: null })];
  if (state.m) return [mechanismPanel(state.m), linkWith({ m: null, p: null })];
  if (state.t && typeNodes.some((node) => node.ref === state.t)) return [typePanel(state.t), linkWith({ t: null, d: null, p: null })];
  if (path.length) return [pathPanel(path), linkWith({ from: null, to: null })];
  if (state.view === "explore" && state.n) return [nodePanel(state.n), linkWith({ n: null })];
  if (state.view === "network" && state.d) return [districtSheet(state.d, false), linkWith({ d: null })];
  if (state.view === "network" && state.p) return [provincePanel(state.p), linkWith({ p: null })];
  return [null, null];
}

function waitingPanel(code, name) {
  return h("article", null, h("p", { class: "over" }, districtLink(code)),
    h("h2", { id: "panel-title", tabindex: "-1" }, t("evidence")), waitingFor(name));
}

/** Pills for the provinces that have something, with how much. */
function provincePills(counts, chosen, changes) {
  return h("nav", { class: "chooser", "aria-label": t("provinces") }, [...counts].filter(([group]) => groupByKey.has(group)).map(([group, n]) =>
    h("a", { class: "pill", href: changes(group === chosen ? null : group), "aria-current": group === chosen ? "true" : null },
      data(groupByKey.get(group).name), h("span", { class: "count" }, number(String(n))))));
}

function mechanismPanel(key) {
  const entry = sharedOf("mechanisms", key);
  const head = (types) => [h("p", { class: "over" }, types.map((type) => typeName(type))),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(practiceLabel(key)))];
  if (entry === undefined) return h("article", null, head([]), waitingFor(bucketOf("mechanisms", key)));
  if (!entry) return h("article", null, head([]), (factsOfMechanism.get(key) || []).map((fact) => useOf(fact.division, fact)), factsOfMechanism.has(key) ? null : h("p", null, t("noneFound")));
  const rows = entry.rows.map(([division, id, label, type, n, quote]) => ({ division, id, label, type, n, quote, kind: "mechanism" }));
  const inGroup = groupBy(rows, (row) => (districtByCode.get(row.division) || {}).group);
  const chosen = inGroup.has(state.p) ? state.p : null;
  const listed = chosen ? inGroup.get(chosen) : rows;
  return h("article", null, head(distinct(rows.map((row) => row.type))),
    h("p", { class: "note" }, t("districtsN", { n: rows.length })),
    rows.length > 12 ? provincePills([...inGroup].map(([group, found]) => [group, found.length]), chosen, (group) => linkWith({ p: group, f: null })) : null,
    limited(listed, 60).map((row) => useOf(row.division, row)), moreOf(listed, 60));
}

function useOf(division, fact) {
  const quotes = fact.evidence ? fact.evidence.map((e) => e[3]) : [fact.quote];
  return h("section", { class: "use" }, h("h3", null, districtLink(division)), h("p", null, factLink(fact)),
    quotes.map((quote) => h("p", { class: "excerpt data" }, shorten(quote, 160))));
}

/** The first of a long list, all of it where the reader asked for that. */
function limited(items, most) {
  return state.all ? items : items.slice(0, most);
}

function moreOf(items, most) {
  return items.length > most && !state.all ? h("p", null, h("a", { class: "button small", href: linkWith({ all: "1" }) }, t("showAll", { n: number(String(items.length)) }))) : null;
}

function provincePanel(group) {
  const { members, name } = groupByKey.get(group) || { members: [] };
  if (!members.length) return h("p", null, t("noneFound"));
  return h("article", null, h("p", { class: "over" }, t("province")),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(name)),
    h("p", { class: "note" }, t("districtsN", { n: members.length })),
    h("ul", { class: "tags" }, members.map((district) => h("li", null, districtLink(district.code), h("span", { class: "count" }, factsIn(district))))));
}

/** Where a type is used: by province, in a province by district, in a district the facts. */
function typePanel(type) {
  const district = districtByCode.get(state.d);
  const group = groupByKey.get(state.p);
  const users = (group ? group.members : districts).filter((each) => each.types[type]);
  const countOf = (members) => members.reduce((sum, each) => sum + (each.types[type] || 0), 0);
  const row = (href, name, n) => h("li", null, h("a", { href }, data(name)), h("span", { class: "count" }, number(String(n))));
  let content = h("ul", { class: "tags" }, groups.filter(({ members }) => countOf(members)).map(({ group: key, name, members }) => row(linkWith({ p: key }), name, countOf(members))));
  if (group) content = h("ul", { class: "tags" }, users.map((each) => row(linkWith({ d: each.code }), each.name, each.types[type])));
  if (district) {
    const there = wantDistrict(district.code);
    const facts = (factsOfDistrict.get(district.code) || []).filter((fact) => fact.kind === "mechanism" && fact.type === type);
    content = [h("h3", null, districtLink(district.code), h("span", { class: "count" }, district.types[type] || 0)),
      there ? h("ul", { class: "tags" }, facts.map((fact) => h("li", null, factLink(fact), usersBadge(fact)))) : waitingFor(district.code)];
  }
  return h("article", null, h("p", { class: "over" }, t("type"), group && !district ? [" · ", data(group.name)] : null),
    h("h2", { id: "panel-title", tabindex: "-1" }, typeName(type)),
    h("p", { class: "note" }, t("districtsN", { n: district ? 1 : users.length })), content);
}

// --- above the picture ----------------------------------------------------------------------------------

function mostShared() {
  const [top] = DATA.network.nodes.filter((n) => n.kind === "mechanism").sort((a, b) => b.districts - a.districts || compare(a.label, b.label));
  if (!top) return null;
  const named = [...(practiceByKey.get(top.ref) || { byGroup: new Map() }).byGroup.keys()].map((group) => (groupByKey.get(group) || { name: group }).name);
  return card(t("sharedMost"), link({ view: "network", m: top.ref }), data(shorten(practiceLabel(top.ref), 24)),
    [t("districtsN", { n: number(String(top.districts)) }), " · ", data(shorten(named.join("、"), 30))]);
}

function mostCommonDepth() {
  const depths = new Map();
  for (const [, , depth, n] of SPLIT.chains) depths.set(depth, (depths.get(depth) || 0) + n);
  const [top] = [...depths].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  if (!top) return null;
  const all = [...depths.values()].reduce((sum, n) => sum + n, 0);
  return card(t("chainMost"), link({ view: "tiers" }), t("levels", { n: top[0] }), t("chainText", { n: number(String(top[1])), all: number(String(all)) }));
}

function mostReported() {
  const top = firstIndicator();
  if (!top || top.districts < 2) return null;
  return card(t("indicatorMost"), link({ view: "indicators", i: top.key }), data(shorten(top.label, 24)), t("districtsN", { n: number(String(top.districts)) }));
}
