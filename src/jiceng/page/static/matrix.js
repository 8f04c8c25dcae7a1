// Mechanism types × districts: how many practices of each type, and which shared practice where.

function matrixView(root) {
  const counts = groupBy(mechanismFacts, (fact) => fact.type + " " + fact.division);
  const most = Math.max(1, ...[...counts.values()].map((facts) => facts.length));
  const columns = districts.filter((d) => (factsOfDistrict.get(d.code) || []).some((f) => f.kind === "mechanism"));
  const head = h("tr", null, h("td", null), columns.map((d) => h("th", { scope: "col" }, districtLink(d.code))), h("th", { scope: "col", class: "sum" }, t("total")));
  fill(root, h("h2", null, t("matrixTitle")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("matrixTitle") },
      h("table", { class: "matrix" }, h("thead", null, head),
        h("tbody", null, typeNodes.flatMap((node) => [typeRow(node, columns, counts, most), ...sharedRows(node.ref, columns)])))));
}

function typeRow(node, columns, counts, most) {
  return h("tr", { class: "type-row" }, h("th", { scope: "row" }, h("a", { href: linkWith({ t: node.ref, d: null, f: null, m: null }) }, typeName(node.ref))),
    columns.map((district) => {
      const n = (counts.get(node.ref + " " + district.code) || []).length;
      if (!n) return h("td", { class: "zero" }, "·");
      // At most 46 % of the colour, so that the number stays readable on it in both themes.
      const strength = Math.round(10 + 36 * n / most);
      return h("td", { style: { "--c": typeColour(node.ref), "--strength": strength + "%" }, class: "cell" },
        h("a", { href: linkWith({ t: node.ref, d: district.code, f: null, m: null }), "aria-label": `${district.name} ${conceptLabel("mechanism", node.ref)} ${n}` }, n));
    }),
    h("td", { class: "sum" }, node.facts));
}

function sharedRows(type, columns) {
  const keys = [...factsOfMechanism].filter(([, facts]) => mainType(facts) === type && distinct(facts.map((f) => f.division)).length > 1);
  keys.sort((a, b) => distinct(b[1].map((f) => f.division)).length - distinct(a[1].map((f) => f.division)).length || compare(a[0], b[0]));
  return keys.map(([key, facts]) => h("tr", { class: "shared-row", style: { "--c": typeColour(type) } },
    h("th", { scope: "row" }, h("a", { href: linkWith({ m: key, t: null, d: null, f: null }) }, data(shorten(facts[0].label, 24)))),
    columns.map((district) => {
      const fact = facts.find((f) => f.division === district.code);
      return h("td", null, fact ? h("a", { href: linkWith({ f: fact.id }), class: "point", "aria-label": `${district.name} ${shorten(fact.label, 40)}` }, "●") : null);
    }),
    h("td", { class: "sum" }, distinct(facts.map((f) => f.division)).length)));
}

function mainType(facts) {
  const groups = [...groupBy(facts, (fact) => fact.type)];
  return groups.sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0]))[0][0];
}
