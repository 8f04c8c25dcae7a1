// A district's own sheet: tiers, measurements, mechanisms by type, organisations, documents, honours, people.

function districtSheet(code, full) {
  const district = districtByCode.get(code);
  if (!district) return h("p", null, t("noneFound"));
  const facts = factsOfDistrict.get(code) || [];
  const articles = DATA.articles.filter((article) => article.division === code);
  return h("article", { class: full ? "sheet full" : "sheet", "aria-labelledby": "sheet-title" },
    h("p", { class: "over" }, data(district.above.join(" · ")), district.above.length ? " · " : "", code),
    h("h2", { id: "sheet-title", tabindex: "-1" }, data(district.name)),
    h("p", { class: "summary" }, KINDS.filter((kind) => ofKind(facts, kind).length).map((kind) =>
      h("span", { class: "chip" }, h("b", null, ofKind(facts, kind).length), " ", t(kind)))),
    full ? null : h("p", null, h("a", { class: "button", href: link({ view: "district", d: code }) }, t("sheet"))),
    articles.map((article) => {
      const file = DATA.sources[article.source].name;
      const title = titleOf(article); // the file's name where it has none
      return h("p", { class: "reading" },
        h("a", { href: link({ view: "source", a: article.key }) }, data(title)),
        h("span", { class: "note" }, data([title === file ? "" : file, article.date].filter(Boolean).join(" · "))));
    }),
    h("div", { class: "parts" }, tierPart(facts), mechanismPart(facts), measurementPart(facts), smallParts(facts)));
}

function tierPart(facts) {
  const chains = ofKind(facts, "tier_chain");
  return chains.length ? part(t("tier_chain"), chains.length, h("div", { class: "chains" }, chains.map(chainFigure))) : null;
}

function measurementPart(facts) {
  const found = ofKind(facts, "measurement");
  return found.length ? part(t("measurement"), found.length, measurementTable(found, false)) : null;
}

function mechanismPart(facts) {
  const found = ofKind(facts, "mechanism");
  if (!found.length) return null;
  const byType = groupBy(found, (fact) => fact.type);
  const blocks = typeNodes.filter((node) => byType.has(node.ref)).map((node) =>
    h("div", { class: "by-type", style: { "--c": typeColour(node.ref) } },
      h("h4", null, h("a", { href: link({ view: "network", t: node.ref }) }, typeName(node.ref)),
        h("span", { class: "count" }, byType.get(node.ref).length)),
      h("ul", { class: "tags" }, byType.get(node.ref).map((fact) => h("li", null, factLink(fact), usersBadge(fact))))));
  return part(t("mechanism"), found.length, blocks);
}

/** How many districts share a mechanism, where it is more than this one. */
function usersBadge(fact) {
  const users = distinct((factsOfMechanism.get(fact.mechanism) || []).map((f) => f.division)).length;
  if (users < 2) return null;
  return h("a", { class: "users", href: link({ view: "network", m: fact.mechanism }), title: t("districtsN", { n: users }),
    "aria-label": t("districtsN", { n: users }) }, "×" + users);
}

function smallParts(facts) {
  return ["organisation", "policy", "honour", "person"].map((kind) => {
    const found = ofKind(facts, kind);
    if (!found.length) return null;
    return part(t(kind), found.length, h("ul", { class: "tags" }, found.map((fact) =>
      h("li", null, factLink(fact), fact.role || fact.recipient || fact.issuer
        ? h("span", { class: "note" }, data(shorten(fact.role || fact.recipient || fact.issuer, MOST_CHARACTERS))) : null))));
  });
}

/** The view: all districts to choose from, by province, and the chosen one's sheet. */
function districtView(root) {
  const chosen = state.d || (districts[0] || {}).code;
  const provinces = groupBy(districts, (district) => district.province);
  fill(root,
    h("nav", { class: "chooser", "aria-label": t("listAs") }, [...provinces].map(([province, members]) =>
      h("div", null, h("span", { class: "group" }, data(province || "—")), members.map((district) =>
        h("a", { href: link({ view: "district", d: district.code }), class: "pill",
          "aria-current": district.code === chosen ? "page" : null }, data(district.name)))))),
    chosen ? districtSheet(chosen, true) : h("p", null, t("noneFound")));
}
