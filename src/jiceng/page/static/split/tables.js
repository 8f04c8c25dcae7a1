// The views that compare districts, from what was counted beforehand and from files of what they share.

const rowsShown = { facts: [] }; // what a view shows in part only, for the downloads

function tiersView(root) {
  const kinds = distinct(SPLIT.chains.map(([, chain]) => chain)).sort();
  const chosen = kinds.includes(state.t) ? state.t : null;
  const group = groupByKey.get(state.p);
  const counts = SPLIT.chains.filter(([, chain]) => !chosen || chain === chosen);
  fill(root, h("h2", null, t("tiersTitle")),
    h("nav", { class: "chooser", "aria-label": t("chain") }, [null, ...kinds].map((kind) =>
      h("a", { class: "pill", href: linkWith({ t: kind, f: null }), "aria-current": kind === chosen ? "true" : null },
        kind ? data(conceptLabel("chain", kind)) : t("allChains")))),
    group ? provincePills(sumBy(counts, ([key, , , n]) => [key, n]), group.group, (key) => linkWith({ p: key, f: null, all: null })) : null,
    counts.length ? null : h("p", null, t("noneFound")),
    group ? chainsOf(group, chosen) : depthTable(counts));
}

/** Sums by key, in the order of the first that has it. */
function sumBy(items, of) {
  const sums = new Map();
  for (const item of items) {
    const [key, n] = of(item);
    sums.set(key, (sums.get(key) || 0) + n);
  }
  return sums;
}

/** How many chains have how many levels, by province. */
function depthTable(counts) {
  rowsShown.facts = [];
  const depths = distinct(counts.map(([, , depth]) => depth)).sort((a, b) => a - b);
  const cells = sumBy(counts, ([key, , depth, n]) => [key + " " + depth, n]);
  const sums = sumBy(counts, ([key, , , n]) => [key, n]);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("tiersTitle") }, h("table", { class: "measurements" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("province")), depths.map((depth) => h("th", { scope: "col" }, t("levels", { n: depth }))), h("th", { scope: "col" }, t("total")))),
    h("tbody", null, groups.filter(({ group }) => sums.has(group)).map(({ group, name }) => h("tr", null,
      h("th", { scope: "row" }, h("a", { href: linkWith({ p: group }) }, data(name))),
      depths.map((depth) => h("td", { class: "number" }, number(String(cells.get(group + " " + depth) || 0)))), h("td", { class: "number" }, number(String(sums.get(group)))))))));
}

const listed = { chains: new Map(), names: new Map() }; // what came of the lists of provinces, by file

/** The files of a province's list, by name. */
function listFiles(topic, group) {
  return Array.from({ length: SPLIT.files[topic][group] || 0 }, (_, i) => `${topic}-${group}-${i + 1}`);
}

function wantList(topic, name) {
  return want(name, (content) => listed[topic].set(name, content));
}

function chainsOf(group, chosen) {
  const files = listFiles("chains", group.group);
  const missing = files.filter((name) => !wantList("chains", name));
  const chains = files.flatMap((name) => Object.entries(listed.chains.get(name) || {}).flatMap(([division, rows]) =>
    rows.map((row) => ({ ...row, division, kind: "tier_chain", label: row.tiers.join("—") })))).filter((fact) => !chosen || fact.chain === chosen);
  rowsShown.facts = chains;
  const byDistrict = groupBy(limited(chains, MOST_IN_PART), (fact) => fact.division);
  return [missing.length ? waitingFor(...missing) : null,
    h("div", { class: "tier-board" }, [...byDistrict].map(([division, found]) =>
      h("section", { class: "tier-district" }, h("h3", null, districtLink(division)),
        h("div", { class: "chains" }, [...found].sort((a, b) => b.tiers.length - a.tiers.length).map(chainFigure))))), moreOf(chains, MOST_IN_PART)];
}

// --- mechanisms × provinces, or the districts of one --------------------------------------------------------

function matrixView(root) {
  const group = groupByKey.get(state.fp);
  const few = districts.length <= MOST_COLUMNS;
  const members = (group ? group.members : few ? districts : []).filter((district) => Object.keys(district.types).length);
  const columns = group || few
    ? members.map((d) => ({ key: d.code, label: d.name, href: link({ view: "district", d: d.code }), changes: { d: d.code, p: null }, members: [d] }))
    : groups.map((g) => ({ key: g.group, label: g.name, href: linkWith({ fp: g.group, t: null, p: null, f: null, m: null }), changes: { d: null, p: g.group }, members: g.members }))
      .filter((column) => column.members.some((d) => Object.keys(d.types).length));
  const count = (column, type) => column.members.reduce((sum, d) => sum + (d.types[type] || 0), 0);
  const most = Math.max(1, ...columns.flatMap((column) => typeNodes.map((node) => count(column, node.ref))));
  const shared = groupBy(practices, (practice) => practice.type);
  const head = h("tr", null, h("td", null), columns.map((column) => h("th", { scope: "col" }, h("a", { href: column.href }, data(column.label)))),
    h("th", { scope: "col", class: "sum" }, t("total")));
  rowsShown.facts = [];
  fill(root, h("h2", null, t("matrixTitle")),
    group ? h("p", { class: "chooser" }, h("a", { class: "pill", href: linkWith({ fp: null, t: null, d: null, f: null }) }, data(group.name), " ×")) : null,
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("matrixTitle") },
      h("table", { class: "matrix" }, h("thead", null, head),
        h("tbody", null, typeNodes.map((node) => [countRow(node, columns, count, most), group || few ? null : (shared.get(node.ref) || []).map((practice) => spreadRow(practice, columns))])))));
}

function countRow(node, columns, count, most) {
  return h("tr", { class: "type-row" }, h("th", { scope: "row" }, h("a", { href: linkWith({ t: node.ref, d: null, p: null, f: null, m: null }) }, typeName(node.ref))),
    columns.map((column) => {
      const n = count(column, node.ref);
      if (!n) return h("td", { class: "zero" }, "·");
      return h("td", { style: { "--c": typeColour(node.ref), "--strength": Math.round(10 + 36 * n / most) + "%" }, class: "cell" },
        h("a", { href: linkWith({ t: node.ref, f: null, m: null, ...column.changes }), "aria-label": `${column.label} ${conceptLabel("mechanism", node.ref)} ${n}` }, number(String(n))));
    }),
    h("td", { class: "sum" }, number(String(node.facts))));
}

/** A shared practice: how many districts of each province use it. */
function spreadRow({ key, type, users, byGroup }, columns) {
  return h("tr", { class: "shared-row", style: { "--c": typeColour(type) } },
    h("th", { scope: "row" }, h("a", { href: linkWith({ m: key, t: null, d: null, p: null, f: null }) }, data(shorten(practiceLabel(key), 30)))),
    columns.map((column) => h("td", null, byGroup.has(column.key)
      ? h("a", { href: linkWith({ m: key, p: column.key, t: null, d: null, f: null }), class: "point", "aria-label": `${column.label} ${shorten(practiceLabel(key), 40)} ${byGroup.get(column.key)}` }, number(String(byGroup.get(column.key)))) : null)),
    h("td", { class: "sum" }, number(String(users))));
}

// --- indicators -----------------------------------------------------------------------------------------

function indicatorList() {
  if (indicatorsKnown && indicatorsKnown.language === language) return indicatorsKnown;
  indicatorsKnown = SPLIT.indicators.map(([key, label, users, facts]) => ({ key, facts, districts: users, label: indicatorLabel({ indicator: key, indicatorLabel: label }) }));
  indicatorsKnown.language = language;
  return indicatorsKnown;
}

function indicatorsView(root) {
  const list = indicatorList();
  const chosen = list.find((indicator) => indicator.key === state.i) || (state.i ? { key: state.i, label: state.i, districts: 0 } : firstIndicator());
  if (!chosen) return fill(root, h("h2", null, t("indicatorsTitle")), h("p", null, t("noneFound")));
  const several = list.filter((indicator) => indicator.districts > 1).slice(0, MOST_PILLS);
  fill(root, h("h2", null, t("indicatorsTitle")),
    h("nav", { class: "chooser", "aria-label": t("comparable") }, several.map((indicator) => indicatorPill(indicator, chosen))),
    h("label", { class: "picker" }, t("others"), " ", otherPicker(list.slice(several.length), chosen)),
    comparison(chosen));
  return root;
}

/** What the districts report of an indicator; of many by province. */
function comparison(chosen) {
  const entry = sharedOf("indicators", chosen.key);
  rowsShown.facts = [];
  if (entry === undefined) return waitingFor(bucketOf("indicators", chosen.key));
  if (!entry) return h("p", null, t("noneFound"));
  const rows = entry.rows.map((row) => ({ ...row, kind: "measurement", indicator: chosen.key }));
  const inGroup = groupBy(rows, (row) => (districtByCode.get(row.division) || {}).group);
  const group = inGroup.has(state.fp) ? state.fp : null;
  rowsShown.facts = group ? inGroup.get(group) : rows;
  return [rows.length > 40 ? provincePills([...inGroup].map(([key, found]) => [key, found.length]), group, (key) => linkWith({ fp: key, f: null, all: null })) : null,
    indicatorFigure({ label: indicatorLabel({ indicator: chosen.key, indicatorLabel: entry.label }), facts: rowsShown.facts })];
}

function indicatorFigure(indicator) {
  const byUnit = [...groupBy(indicator.facts, (fact) => fact.unit || "")].sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0]));
  return h("section", { class: "bars-part" }, h("h3", null, data(indicator.label)), byUnit.map(([unit, facts]) => {
    const largest = facts.reduce((most, fact) => Math.max(most, Number(fact.upper || fact.value)), 0) || 1;
    const sorted = [...facts].sort((a, b) => Number(b.value) - Number(a.value));
    return h("figure", { class: "bars" }, h("figcaption", null, t("countIs"), " (", unit ? data(unit) : t("unitUnknown"), ")"),
      h("ol", null, limited(sorted, 60).map((fact) => bar(fact, largest))), moreOf(sorted, 60));
  }));
}
