// Mechanism types × districts: how many practices of each type, and which shared practice where.
// Of very many districts the columns are provinces.

const MOST_COLUMNS = 60;
const MOST_ROWS = 12; // shared practices below one type

function matrixColumns() {
  const used = districts.filter((d) => (factsOfDistrict.get(d.code) || []).some((f) => f.kind === "mechanism"));
  if (used.length <= MOST_COLUMNS) {
    return used.map((d) => ({ key: d.code, label: d.name, href: link({ view: "district", d: d.code }), changes: { d: d.code, p: null } }));
  }
  return [...groupBy(used, (d) => d.group)].map(([group, members]) => ({ key: group, label: members[0].province || group,
    href: link({ view: "network", p: group }), changes: { d: null, p: group } }));
}

function matrixView(root) {
  const columns = matrixColumns();
  const byGroup = columns.length > 0 && !districtByCode.has(columns[0].key);
  const columnOf = (fact) => (byGroup ? districtByCode.get(fact.division).group : fact.division);
  const counts = groupBy(mechanismFacts, (fact) => fact.type + " " + columnOf(fact));
  const most = Math.max(1, ...[...counts.values()].map((facts) => facts.length));
  const shared = sharedByType();
  const head = h("tr", null, h("td", null), columns.map((column) => h("th", { scope: "col" }, h("a", { href: column.href }, data(column.label)))),
    h("th", { scope: "col", class: "sum" }, t("total")));
  fill(root, h("h2", null, t("matrixTitle")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("matrixTitle") },
      h("table", { class: "matrix" }, h("thead", null, head),
        h("tbody", null, typeNodes.map((node) => [typeRow(node, columns, counts, most),
          (shared.get(node.ref) || []).map((practice) => practiceRow(node.ref, practice, columns, columnOf))])))));
}

function typeRow(node, columns, counts, most) {
  return h("tr", { class: "type-row" }, h("th", { scope: "row" }, h("a", { href: linkWith({ t: node.ref, d: null, p: null, f: null, m: null }) }, typeName(node.ref))),
    columns.map((column) => {
      const n = (counts.get(node.ref + " " + column.key) || []).length;
      if (!n) return h("td", { class: "zero" }, "·");
      // At most 46 % of the colour, so that the number stays readable on it in both themes.
      const strength = Math.round(10 + 36 * n / most);
      return h("td", { style: { "--c": typeColour(node.ref), "--strength": strength + "%" }, class: "cell" },
        h("a", { href: linkWith({ t: node.ref, f: null, m: null, ...column.changes }), "aria-label": `${column.label} ${conceptLabel("mechanism", node.ref)} ${n}` }, n));
    }),
    h("td", { class: "sum" }, node.facts));
}

/** Practices of two districts or more, by their main type, the most widespread first. */
function sharedByType() {
  const practices = [...factsOfMechanism].map(([key, facts]) => ({ key, facts, users: distinct(facts.map((f) => f.division)).length }))
    .filter((practice) => practice.users > 1);
  practices.sort((a, b) => b.users - a.users || compare(a.key, b.key));
  const groups = groupBy(practices, (practice) => mainType(practice.facts));
  for (const [type, found] of groups) groups.set(type, found.slice(0, MOST_ROWS));
  return groups;
}

function practiceRow(type, { key, facts, users }, columns, columnOf) {
  const byColumn = groupBy(facts, columnOf);
  return h("tr", { class: "shared-row", style: { "--c": typeColour(type) } },
    h("th", { scope: "row" }, h("a", { href: linkWith({ m: key, t: null, d: null, p: null, f: null }) }, data(shorten(practiceLabel(key), 30)))),
    columns.map((column) => {
      const [fact] = byColumn.get(column.key) || [];
      return h("td", null, fact ? h("a", { href: linkWith({ f: fact.id }), class: "point", "aria-label": `${column.label} ${shorten(fact.label, 40)}` }, "●") : null);
    }),
    h("td", { class: "sum" }, users));
}

/** The type that most statements give, as the graph has it. */
function mainType(facts) {
  const counts = new Map();
  for (const fact of facts) {
    for (const [type, n] of Object.entries(fact.said || { [fact.type]: statementsOf(fact).length })) counts.set(type, (counts.get(type) || 0) + n);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || compare(a[0], b[0]))[0][0];
}
