// Tier chains side by side: levels from top to bottom, with their counts.

function tiersView(root) {
  const chains = ofKind(DATA.facts, "tier_chain");
  const kinds = distinct(chains.map((fact) => fact.chain)).sort();
  const chosen = kinds.includes(state.t) ? state.t : null;
  const byDistrict = groupBy(chains.filter((fact) => !chosen || fact.chain === chosen), (fact) => fact.division);
  fill(root, h("h2", null, t("tiersTitle")),
    h("nav", { class: "chooser", "aria-label": t("chain") }, [null, ...kinds].map((kind) =>
      h("a", { class: "pill", href: linkWith({ t: kind, f: null }), "aria-current": kind === chosen ? "true" : null },
        kind ? data(conceptLabel("chain", kind)) : t("allChains")))),
    chains.length ? null : h("p", null, t("noneFound")),
    h("div", { class: "tier-board" }, districts.filter((d) => byDistrict.has(d.code)).map((district) =>
      h("section", { class: "tier-district" }, h("h3", null, districtLink(district.code)),
        h("div", { class: "chains" }, [...byDistrict.get(district.code)].sort((a, b) => b.tiers.length - a.tiers.length).map(chainFigure))))));
}
