// The repaired article with every fact marked in place, and the file as it is.

function sourceView(root) {
  const fact = state.f && factById.get(state.f);
  const article = articleByKey.get(state.a) || (fact && articleByKey.get(fact.article)) || DATA.articles[0];
  if (!article) return fill(root, h("h2", null, t("source")), h("p", null, t("noneFound")));
  fill(root, articleChooser(article));
  append(root, [articleHead(article), articleText(article)]);
  return atCurrent(root);
}

/** Title, place and file of an article, the colours of the kinds, and the choice of texts. */
function articleHead(article) {
  return [
    h("h2", null, data(titleOf(article))),
    h("p", { class: "note" }, districtLink(article.division), " · ", data(DATA.sources[article.source].name), article.date ? " · " + article.date : null),
    h("p", { class: "legend" }, KINDS.map((kind) => h("span", null, h("mark", { class: "k-" + kind }, t(kind))))),
    h("nav", { class: "chooser", "aria-label": t("source") },
      h("a", { class: "pill", href: linkWith({ a: article.key, raw: null }), "aria-current": state.raw ? null : "true" }, t("repaired")),
      h("a", { class: "pill", href: linkWith({ a: article.key, raw: "1" }), "aria-current": state.raw ? "true" : null }, t("raw"))),
  ];
}

/** The repaired text, and beside it the file as it is, if that was chosen. */
function articleText(article) {
  return h("div", { class: state.raw ? "beside" : "alone" },
    h("div", { class: "text" }, article.paragraphs.map((paragraph) => paragraphOf(article, paragraph, topLevel(article)))),
    state.raw ? rawText(article) : null);
}

/** The view, scrolled to the fact that is marked as the current one. */
function atCurrent(root) {
  for (const column of [".text", ".raw"]) {
    const current = root.querySelector(column + " mark.current");
    if (current) current.scrollIntoView({ block: "center" });
  }
  return root;
}

function articleChooser(chosen) {
  const select = h("select", { onchange: (event) => go({ view: "source", a: event.currentTarget.value }) },
    DATA.articles.map((article) => h("option", { value: article.key, selected: article === chosen },
      `${shorten(districtName(article.division), 20)} · ${shorten(titleOf(article), 40)}`)));
  return h("label", { class: "picker" }, t("article"), " ", select);
}

/** The level of an article's highest headings, which need not be 1. */
function topLevel(article) {
  return Math.min(...article.paragraphs.filter((paragraph) => paragraph[2] === "heading").map((paragraph) => paragraph[3]));
}

function paragraphOf(article, [start, end, role, level], top) {
  const tag = role === "heading" ? (level > top ? "h4" : "h3") : "p";
  const stated = (factsOfArticle.get(article.key) || []).flatMap((fact) => statementsOf(fact).filter((place) => place.article === article.key).map((place) => ({ ...place, fact })));
  const ranges = stated.filter((place) => place.end > place.start && place.start < end && place.end > start)
    .map((place) => ({ fact: place.fact, start: Math.max(place.start, start), end: Math.min(place.end, end) }));
  return h(tag, { class: "data role-" + (/^[a-z]+$/.test(role) ? role : "body") },
    marked(charactersOf(article.key, article.text), start, end, ranges));
}

/** Text from start to end, cut where a fact begins or ends; where facts overlap, the shortest is on top. */
function marked(characters, start, end, ranges) {
  const cuts = distinct([start, end, ...ranges.flatMap((range) => [range.start, range.end])]).sort((a, b) => a - b);
  const reached = new Set();
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const text = characters.slice(cuts[i], cuts[i + 1]).join("");
    const covering = ranges.filter((range) => range.start <= cuts[i] && range.end >= cuts[i + 1]);
    pieces.push(covering.length ? markOf(text, covering, reached) : text);
  }
  return pieces;
}

function markOf(text, covering, reached) {
  const ordered = [...covering].sort((a, b) => (a.end - a.start) - (b.end - b.start) || KINDS.indexOf(a.fact.kind) - KINDS.indexOf(b.fact.kind));
  const fact = ordered[0].fact;
  const current = covering.some((range) => range.fact.id === state.f);
  const open = () => { location.hash = linkWith({ f: fact.id }); };
  const first = !reached.has(fact.id);
  reached.add(fact.id);
  return h("mark", { class: `k-${fact.kind}${current ? " current" : ""}${isDoubtful(fact) ? " unsure" : ""}`,
    tabindex: first ? "0" : null, role: first ? "button" : null, title: ordered.map((range) => `${t(range.fact.kind)}：${shorten(range.fact.label, 30)}`).join("\n"),
    onclick: open, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } } }, text);
}

/** The file itself: what belongs to the article is dark, facts are marked at their evidence. */
function rawText(article) {
  const source = DATA.sources[article.source];
  const characters = charactersOf("raw " + article.source, source.text);
  const ranges = (factsOfArticle.get(article.key) || []).flatMap((fact) =>
    fact.evidence.filter((e) => e[0] === article.source).map((e) => ({ fact, start: e[1], end: e[2] })));
  const pieces = [];
  let at = 0;
  for (const [start, end] of article.spans) {
    if (start > at) pieces.push(h("span", { class: "foreign" }, characters.slice(at, start).join("")));
    pieces.push(marked(characters, start, end, ranges.filter((r) => r.start < end && r.end > start)
      .map((r) => ({ fact: r.fact, start: Math.max(r.start, start), end: Math.min(r.end, end) }))));
    at = end;
  }
  pieces.push(h("span", { class: "foreign" }, characters.slice(at).join("")));
  return h("section", { "aria-label": t("raw") }, h("p", { class: "note" }, t("rawNote")), h("pre", { class: "raw data", tabindex: "0" }, pieces));
}
