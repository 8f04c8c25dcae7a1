// One indicator across districts, as sorted bars; 余, 近, 超 stay with their numbers.

const MOST_PILLS = 40;

let indicatorsKnown = null;

/** All indicators, those of most districts first; facts of requirements are left out of the ranking. */
function indicatorList() {
  if (indicatorsKnown && indicatorsKnown.language === language) return indicatorsKnown;
  const groups = groupBy(ofKind(DATA.facts, "measurement").filter((fact) => fact.indicator), (fact) => fact.indicator);
  indicatorsKnown = [...groups].map(([key, facts]) => ({ key, facts, label: indicatorLabel(facts[0]),
    districts: distinct(facts.map((fact) => fact.division)).length }));
  indicatorsKnown.sort((a, b) => b.districts - a.districts || b.facts.length - a.facts.length || compare(a.label, b.label));
  indicatorsKnown.language = language;
  return indicatorsKnown;
}

/** What indicators shown first begin with: 人数 and 居民人数 are told by most districts, and say little of how one is governed. */
const SHOWN_FIRST = ["count.organisation.party", "count.organisation", ""];

/** The indicator of Party organisations that most districts tell of; else of organisations, else of anything. */
function firstIndicator() {
  const several = indicatorList().filter((indicator) => indicator.districts > 1);
  const [found] = SHOWN_FIRST.flatMap((of) => several.filter((indicator) => indicator.key.startsWith(of)).slice(0, 1));
  return found || indicatorList()[0];
}

function indicatorsView(root) {
  const list = indicatorList();
  const chosen = list.find((indicator) => indicator.key === state.i) || firstIndicator();
  const several = list.filter((indicator) => indicator.districts > 1).slice(0, MOST_PILLS);
  if (!list.length) return fill(root, h("h2", null, t("indicatorsTitle")), h("p", null, t("noneFound")));
  const others = list.slice(several.length);
  fill(root, h("h2", null, t("indicatorsTitle")),
    h("nav", { class: "chooser", "aria-label": t("comparable") }, several.map((indicator) => indicatorPill(indicator, chosen))),
    h("label", { class: "picker" }, t("others"), " ", otherPicker(others, chosen)),
    indicatorFigure(chosen));
  return root;
}

function indicatorPill(indicator, chosen) {
  return h("a", { class: "pill", href: link({ view: "indicators", i: indicator.key }), "aria-current": indicator === chosen ? "true" : null },
    data(shorten(indicator.label, 20)), h("span", { class: "count" }, indicator.districts));
}

function otherPicker(others, chosen) {
  const select = h("select", { onchange: (event) => { if (event.currentTarget.value) go({ view: "indicators", i: event.currentTarget.value }); } },
    h("option", { value: "" }, "—"), others.map((indicator) => h("option", { value: indicator.key, selected: indicator === chosen },
      shorten(indicator.label, 40))));
  return select;
}

/** Words for people that differ in courtesy only. */
const PEOPLE = new Set(["人", "名", "位"]);

/** Bars are compared within a unit only: 小区 in 个 says nothing about 小区 in %. */
function indicatorFigure(indicator) {
  const byUnit = [...groupBy(indicator.facts, (fact) => (PEOPLE.has(fact.unit) ? "人" : fact.unit || ""))].sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0]));
  return h("section", { class: "bars-part" }, h("h3", null, data(indicator.label)), byUnit.map(([unit, facts]) => {
    const largest = Math.max(...facts.map((fact) => Number(fact.upper || fact.value)), 0) || 1;
    const sorted = [...facts].sort((a, b) => Number(b.value) - Number(a.value));
    return h("figure", { class: "bars" }, h("figcaption", null, t("countIs"), " (", unit ? data(unit) : t("unitUnknown"), ")"),
      h("ol", null, sorted.map((fact) => bar(fact, largest))));
  }));
}

function bar(fact, largest) {
  const share = Math.max(0.5, 100 * Number(fact.value) / largest);
  return h("li", { class: fact.nature === "rule" ? "planned" : null },
    h("span", { class: "bar-district" }, districtLink(fact.division)),
    h("span", { class: "bar-track" },
      h("span", { class: "bar bar-" + ({ ">": "more", "<": "less", "~": "about" }[fact.comparator] || "exact"), style: { width: share + "%" } }),
      h("span", { class: "bar-value" }, factLink(fact, quantity(fact)),
        h("span", { class: "note" }, data(shorten([fact.subject, fact.action, fact.label, fact.period, fact.per].filter(Boolean).join(" "), 60)),
          fact.nature === "rule" ? " · " + t("ruleNature") : ""), reported(fact))));
}
