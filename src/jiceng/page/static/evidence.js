// A fact in full: what it says, the exact quote, the sentence around it, and where that stands.

const FIELDS = {
  tier_chain: [],
  measurement: ["subject", "action", "per", "period"],
  mechanism: ["level"],
  organisation: ["within"],
  policy: ["issuer"],
  honour: ["recipient", "period"],
  person: ["role"],
};

const MOST_SENTENCES = 5; // of a fact that many reports state; the reports are all linked

function factPanel(fact) {
  return h("article", { class: "fact-panel", "aria-labelledby": "panel-title" },
    h("p", { class: "over" }, districtLink(fact.division), " · ", t(fact.kind)),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(fact.label), " ", doubt(fact)),
    fact.kind === "measurement" ? h("p", { class: "big" }, data(quantity(fact))) : null,
    fact.kind === "tier_chain" ? chainFigure(fact) : null,
    isDoubtful(fact) ? h("p", { class: "warning" }, whyDoubtful(fact)) : null,
    h("h3", null, t("quote")),
    fact.evidence.map((evidence) => quoteBlock(evidence)),
    sentencesPart(fact),
    h("dl", null, ownFields(fact), placeFields(fact)),
    queryPart(fact));
}

function quoteBlock([source, start, end, exact]) {
  return h("figure", { class: "quote" },
    h("blockquote", { class: "exact", "data-source": source, "data-start": start, "data-end": end }, exact),
    h("figcaption", null, data(DATA.sources[source].name), " · ",
      t("characters", { start: number(start), end: number(end) })));
}

/** The sentences of the repaired articles that hold the fact, with the articles' titles where there are several. */
function sentencesPart(fact) {
  const places = statementsOf(fact).filter(({ article, start, end }) => articleByKey.has(article) && end > start).slice(0, MOST_SENTENCES);
  if (!places.length) return null;
  return [h("h3", null, t("sentence")), places.map((place) => {
    const article = articleByKey.get(place.article);
    return h("div", { class: "stated" }, fact.also ? h("p", { class: "over" }, data(titleOf(article))) : null, sentenceOf(fact, article, place));
  })];
}

/** One of them. */
function sentenceOf(fact, article, place) {
  return markedSentence(fact, article, place);
}

/** The sentence of an article's text that states a fact, which is marked in it. */
function markedSentence(fact, article, { start, end }) {
  const characters = charactersOf(article.key, article.text);
  const [from, to] = sentenceAround(characters, start, end);
  const slice = (a, b) => characters.slice(a, b).join("");
  return [
    h("p", { class: "sentence data" }, slice(from, start), h("mark", null, slice(start, end)), slice(end, to)),
    h("p", null, h("a", { class: "button", href: link({ view: "source", a: article.key, f: fact.id }) }, t("openSource"))),
  ];
}

const MOST_AROUND = 60; // characters of a sentence before and behind a fact where several are listed

/** What is said around a fact where several are listed side by side: a name alone tells nothing of how it is used. */
function excerptsOf(fact) {
  const places = statementsOf(fact).filter(({ article, start, end }) => (articleByKey.get(article) || {}).text && end > start).slice(0, MOST_SENTENCES);
  if (!places.length) return fact.evidence.map((evidence) => h("p", { class: "excerpt data" }, shorten(evidence[3], 160)));
  return places.map(({ article, start, end }) => {
    const characters = charactersOf(article, articleByKey.get(article).text);
    const [from, to] = sentenceAround(characters, start, end);
    const slice = (a, b) => characters.slice(a, b).join("");
    const [first, last] = [Math.max(from, start - MOST_AROUND), Math.min(to, end + MOST_AROUND)];
    return h("p", { class: "excerpt data" }, first > from ? "…" : "", slice(first, start),
      h("mark", null, shorten(slice(start, end), 160)), slice(end, last), last < to ? "…" : "");
  });
}

const ENDS = new Set("。！？!?；;\n");

function sentenceAround(characters, start, end) {
  let from = start;
  while (from > 0 && start - from < 200 && !ENDS.has(characters[from - 1])) from -= 1;
  let to = end;
  while (to < characters.length && to - end < 200 && !ENDS.has(characters[to])) to += 1;
  if (to < characters.length && characters[to] !== "\n") to += 1;
  return [from, to];
}

function ownFields(fact) {
  const rows = [];
  if (fact.kind === "mechanism") {
    rows.push(definition(t("type"), h("a", { href: link({ view: "network", t: fact.type }) }, typeName(fact.type))));
    if (fact.components) rows.push(definition(t("components"), data(fact.components.join("、"))));
    rows.push(sharedRow(fact));
  }
  if (fact.kind === "organisation") rows.push(definition(t("type"), data(conceptLabel("organisation", fact.type))));
  for (const key of FIELDS[fact.kind]) if (fact[key]) rows.push(definition(t(key), data(fact[key])));
  if (fact.nature) rows.push(definition(t("nature"), t(fact.nature === "rule" ? "ruleNature" : "fact")));
  if (fact.indicator) {
    rows.push(definition(t("indicator"), h("a", { href: link({ view: "indicators", i: fact.indicator }) }, data(indicatorLabel(fact)))));
  }
  return rows;
}

function sharedRow(fact) {
  const users = distinct((factsOfMechanism.get(fact.mechanism) || []).map((f) => f.division));
  if (users.length < 2) return [];
  return definition(t("shared"), h("a", { href: link({ view: "network", m: fact.mechanism }) }, t("districtsN", { n: users.length })));
}

function placeFields(fact) {
  const articles = distinct(statementsOf(fact).map((place) => place.article)).filter((key) => articleByKey.has(key));
  return [
    definition(t("article"), articles.map((key, i) => [i ? "；" : "", h("a", { href: link({ view: "source", a: key, f: fact.id }) }, data(titleOf(articleByKey.get(key)))),
      articleByKey.get(key).date ? ` (${articleByKey.get(key).date})` : null])),
    definition(t("rule"), h("code", null, data(fact.rule))),
    fact.iri ? definition(t("iri"), h("code", { class: "iri" }, data(fact.iri))) : [],
  ];
}

function queryPart(fact) {
  if (!fact.iri) return null;
  const query = `PREFIX jc: <https://w3id.org/jiceng/ontology#>\nPREFIX oa: <http://www.w3.org/ns/oa#>\n` +
    `SELECT ?property ?value ?quote WHERE {\n  <${fact.iri}> ?property ?value ;\n    jc:evidence/oa:exact ?quote .\n}`;
  return h("details", { class: "query" }, h("summary", null, t("query")), h("pre", null, query), copyButton(query));
}
