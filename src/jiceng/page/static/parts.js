// Small pieces that several views use.

/** The colour of a mechanism type, by the style sheet's name for it. */
function typeColour(type) {
  return /^[a-z_]+$/.test(type || "") ? `var(--${type.replace(/_/g, "-")}, var(--muted))` : "var(--muted)";
}

function typeMark(type) {
  return h("span", { class: "mark", style: { "--c": typeColour(type) }, "aria-hidden": "true" });
}

function typeName(type) {
  return [typeMark(type), data(conceptLabel("mechanism", type))];
}

function isDoubtful(fact) {
  return Boolean(fact.doubtful || fact.doubtfulPlacement);
}

/** What is not sure about a fact: how its words were joined, or whose text they stand in. */
function whyDoubtful(fact) {
  return [fact.doubtful && t("doubtfulLong"), fact.doubtfulPlacement && t("doubtfulPlacementLong")].filter(Boolean).join(" ");
}

function doubt(fact) {
  return isDoubtful(fact) ? h("span", { class: "doubt", title: whyDoubtful(fact) }, t("doubtful")) : null;
}

const MOST_CHARACTERS = 120; // of a name in a list; the fact itself shows all

/** A link that shows a fact beside the present view. */
function factLink(fact, text, attributes) {
  return h(
    "a",
    { href: linkWith({ f: fact.id }), class: state.f === fact.id ? "fact current" : "fact", ...attributes },
    data(shorten(text === undefined ? fact.label : text, MOST_CHARACTERS)), doubt(fact),
  );
}

function districtLink(code, attributes) {
  return h("a", { href: link({ view: "district", d: code }), ...attributes }, data(districtName(code)));
}

/** A titled part; nothing where it would be empty. */
function part(title, count, ...children) {
  return h("section", { class: "part" },
    h("h3", null, title, count === null ? null : h("span", { class: "count" }, count)), ...children);
}

function definition(term, ...values) {
  const given = values.flat().filter((v) => v !== null && v !== undefined && v !== "");
  return given.length ? [h("dt", null, term), h("dd", null, given)] : [];
}

/** A district's chain as boxes from top to bottom, with the count of each tier where the text has one. */
function chainFigure(fact) {
  const steps = fact.tiers.map((tier, i) => {
    const counted = ((fact.counts || [])[i] || "").split(" ").map((id) => factById.get(id)).filter(Boolean); // one for each report
    return h("li", { style: { "--depth": i } },
      h("span", { class: "tier" }, data(shorten(tier, MOST_CHARACTERS)), language === "en" && (fact.types || [])[i]
        ? h("span", { class: "note" }, data(conceptLabel("tier", fact.types[i]))) : null),
      counted.map((count) => factLink(count, quantity(count), { class: "tier-count" })));
  });
  const declared = fact.declared ? ` · ${t("declared", { n: fact.declared })}` : "";
  return h("figure", { class: `chain chain-${["party", "administrative", "facility"].includes(fact.chain) ? fact.chain : "other"}` },
    h("figcaption", null, factLink(fact, `${conceptLabel("chain", fact.chain)} · ${t("levels", { n: fact.tiers.length })}`), declared, reported(fact)),
    h("ol", null, steps));
}

/** When a fact was reported, where its district has reports of several days: which of them it is of matters there. */
function reported(fact) {
  const days = (articles) => distinct(articles.map((article) => (article || {}).date).filter(Boolean)).sort();
  if (days(articlesOfDistrict.get(fact.division) || []).length < 2) return [];
  return days(statementsOf(fact).map(({ article }) => articleByKey.get(article))).map((day) => h("span", { class: "note day" }, t("reportOf", { day })));
}

function measurementTable(facts, withDistrict) {
  const head = [withDistrict ? t("district") : null, t("measured"), t("value"), t("action"), t("period")];
  const rows = facts.map((fact) => h("tr", { class: fact.nature === "rule" ? "planned" : null },
    withDistrict ? h("td", null, districtLink(fact.division)) : null,
    h("th", { scope: "row" }, factLink(fact), fact.subject ? h("span", { class: "note" }, data(shorten(fact.subject, MOST_CHARACTERS))) : null),
    h("td", { class: "number" }, data(shorten(quantity(fact), MOST_CHARACTERS)), fact.per ? h("span", { class: "note" }, data(shorten(fact.per, MOST_CHARACTERS))) : null),
    h("td", null, fact.action ? data(shorten(fact.action, MOST_CHARACTERS)) : null),
    h("td", null, fact.period ? data(shorten(fact.period, MOST_CHARACTERS)) : null, fact.nature === "rule" ? h("span", { class: "note" }, t("ruleNature")) : null,
      reported(fact))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("measurement") },
    h("table", { class: "measurements" },
      h("thead", null, h("tr", null, head.filter(Boolean).map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", null, rows)));
}

function copyButton(text) {
  return h("button", {
    type: "button", class: "small",
    onclick: (event) => {
      const button = event.currentTarget;
      copyText(text);
      button.textContent = t("copied");
      announce(t("copied"));
    },
  }, t("copy"));
}

/** Copy by a hidden field: the clipboard interface is not there for pages opened from disk. */
function copyText(text) {
  const field = h("textarea", { class: "unseen", "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
