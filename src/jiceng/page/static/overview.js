// What stands around the picture: takeaways above it, legend and tools below, sheets beside it.

function networkView(root) {
  const canvas = document.getElementById("canvas");
  if (canvas && root.dataset.language === language) return restyle();
  const counts = { districts: districts.length, types: typeNodes.length,
    mechanisms: DATA.network.nodes.filter((node) => node.kind === "mechanism").length };
  const fresh = h("div", { id: "canvas", tabindex: "0", role: "application", "aria-label": `${t("canvas", counts)}。${t("keys")}`,
    onkeydown: networkKeys, onblur: () => { picture.focus = null; picture.network.redraw(); } });
  root.dataset.language = language;
  fill(root, h("h2", null, t("networkTitle")), takeaways(), fresh, networkTools());
  if (picture.network) picture.network.destroy();
  buildPicture(fresh);
  watchSize(fresh);
  return undefined;
}

function networkTools() {
  const all = h("input", { type: "checkbox", onchange: (event) => { picture.all = event.currentTarget.checked; restyle(); } });
  all.checked = picture.all;
  return h("div", { class: "legend" },
    h("span", null, h("i", { class: "dot" }), t("legendSize")),
    h("span", null, h("i", { class: "box" }), t("legendShared")),
    h("span", null, h("i", { class: "filled" }), t("legendType")),
    h("span", null, h("i", { class: "thin" }), t("legendUses")),
    h("label", null, all, " ", t("allLinks")),
    h("button", { type: "button", class: "small", onclick: fitPicture }, t("fit")),
    h("button", { type: "button", class: "small", onclick: savePicture }, "PNG"),
    h("button", { type: "button", class: "small", onclick: () => saveText("jiceng.svg", "image/svg+xml", pictureSvg()) }, "SVG"),
    factDownloads());
}

/** Four sentences that the data itself gives. */
function takeaways() {
  return h("ul", { class: "takeaways" }, [mostType(), mostShared(), mostCommonDepth(), mostReported()].filter(Boolean));
}

function card(title, href, value, note) {
  return h("li", null, h("a", { href }, h("span", { class: "card-title" }, title), h("b", null, value), h("span", { class: "note" }, note)));
}

function mostType() {
  const [top] = [...typeNodes].sort((a, b) => b.districts - a.districts || b.facts - a.facts);
  if (!top) return null;
  return card(t("most"), link({ view: "network", t: top.ref }), data(conceptLabel("mechanism", top.ref)),
    t("mostText", { users: top.districts, all: districts.length, n: top.facts }));
}

function mostShared() {
  const [top] = DATA.network.nodes.filter((n) => n.kind === "mechanism").sort((a, b) => b.districts - a.districts || compare(a.label, b.label));
  if (!top) return districts.length > 1 ? card(t("sharedMost"), link({ view: "matrix" }), "–", t("noShared")) : null;
  const users = distinct(factsOfMechanism.get(top.ref).map((fact) => districtName(fact.division)));
  return card(t("sharedMost"), link({ view: "network", m: top.ref }), data(shorten(practiceLabel(top.ref), 24)),
    [t("districtsN", { n: users.length }), " · ", data(shorten(users.join("、"), 40))]);
}

function mostCommonDepth() {
  const chains = ofKind(DATA.facts, "tier_chain");
  const [top] = [...groupBy(chains, (fact) => fact.tiers.length)].sort((a, b) => b[1].length - a[1].length || b[0] - a[0]);
  if (!top) return null;
  return card(t("chainMost"), link({ view: "tiers" }), t("levels", { n: top[0] }), t("chainText", { n: top[1].length, all: chains.length }));
}

function mostReported() {
  const top = firstIndicator();
  if (!top || top.districts < 2) return null;
  return card(t("indicatorMost"), link({ view: "indicators", i: top.key }), data(shorten(top.label, 24)), t("districtsN", { n: top.districts }));
}

/** Beside the picture: the districts of a province, where the picture shows provinces. */
function provincePanel(group) {
  const members = districts.filter((district) => district.group === group);
  if (!members.length) return h("p", null, t("noneFound"));
  return h("article", null, h("p", { class: "over" }, t("province")),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(members[0].province || group)),
    h("p", { class: "note" }, t("districtsN", { n: members.length })),
    h("ul", { class: "tags" }, members.map((district) => h("li", null, districtLink(district.code),
      h("span", { class: "count" }, (factsOfDistrict.get(district.code) || []).length)))));
}

/** Beside the picture: all facts of a type, by district. */
function typePanel(type) {
  const byDistrict = groupBy(mechanismFacts.filter((fact) => fact.type === type && (!state.d || fact.division === state.d)
    && (!state.p || (districtByCode.get(fact.division) || {}).group === state.p)), (fact) => fact.division);
  const codes = districts.map((d) => d.code).filter((code) => byDistrict.has(code));
  return h("article", null, h("p", { class: "over" }, t("type")),
    h("h2", { id: "panel-title", tabindex: "-1" }, typeName(type)),
    h("p", { class: "note" }, t("districtsN", { n: codes.length })),
    codes.map((code) => [h("h3", null, districtLink(code), h("span", { class: "count" }, byDistrict.get(code).length)),
      h("ul", { class: "tags" }, byDistrict.get(code).map((fact) => h("li", null, factLink(fact), usersBadge(fact))))]));
}

/** Beside the picture: a shared mechanism and what each district says of it. */
function mechanismPanel(key) {
  const facts = factsOfMechanism.get(key) || [];
  if (!facts.length) return h("p", null, t("noneFound"));
  return h("article", null, h("p", { class: "over" }, distinct(facts.map((f) => f.type)).map((type) => typeName(type))),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(practiceLabel(key))),
    h("p", { class: "note" }, t("districtsN", { n: distinct(facts.map((f) => f.division)).length })),
    facts.map((fact) => h("section", { class: "use" }, h("h3", null, districtLink(fact.division)),
      h("p", null, factLink(fact)), excerptsOf(fact))));
}
