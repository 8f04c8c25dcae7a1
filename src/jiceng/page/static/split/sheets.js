// Districts and their texts, loaded when they are opened.

const MOST_IN_PART = 300; // facts of a kind in a sheet, until all are asked for

function districtSheet(code, full) {
  const district = districtByCode.get(code);
  if (!district) return h("p", null, t("noneFound"));
  const there = wantDistrict(code);
  const facts = factsOfDistrict.get(code) || [];
  const articles = DATA.articles.filter((article) => article.division === code);
  return h("article", { class: full ? "sheet full" : "sheet", "aria-labelledby": "sheet-title" },
    h("p", { class: "over" }, data(district.above.join(" · ")), district.above.length ? " · " : "", code),
    h("h2", { id: "sheet-title", tabindex: "-1" }, data(district.name)),
    h("p", { class: "summary" }, KINDS.map((kind, i) => district.kinds[i] ? h("span", { class: "chip" }, h("b", null, number(String(district.kinds[i]))), " ", t(kind)) : null)),
    full ? null : h("p", null, h("a", { class: "button", href: link({ view: "district", d: code }) }, t("sheet"))),
    there ? null : waitingFor(code),
    limited(articles, 20).map((article) => h("p", { class: "reading" },
      h("a", { href: link({ view: "source", a: article.key }) }, data(titleOf(article))),
      h("span", { class: "note" }, data(DATA.sources[article.source].name), article.date ? " · " + article.date : null))),
    moreOf(articles, 20),
    h("div", { class: "parts" }, tierPart(shortened(facts, "tier_chain")), mechanismPart(shortened(facts, "mechanism")),
      measurementPart(shortened(facts, "measurement")), smallParts(["organisation", "policy", "honour", "person"].flatMap((kind) => shortened(facts, kind)))),
    KINDS.some((kind) => ofKind(facts, kind).length > MOST_IN_PART) ? moreOf(facts, MOST_IN_PART) : null,
    there ? nextPart(code) : null);
}

function shortened(facts, kind) {
  return limited(ofKind(facts, kind), MOST_IN_PART);
}

/** A district whose facts stand in several files is loaded file by file. */
function nextPart(code) {
  const all = partsOf.get(code);
  const next = Array.from({ length: all }, (_, i) => i + 1).find((part) => asked.get(partName(code, part)) !== "there");
  if (!next) return null;
  if (asked.has(partName(code, next))) return waitingFor(partName(code, next));
  return h("p", null, h("button", { type: "button", onclick: () => { wantDistrict(code, next); drawSoon(); } }, t("loadMore", { n: next - 1, all })));
}

function usersBadge(fact) {
  const users = usersOf(fact.mechanism);
  if (users < 2) return null;
  return h("a", { class: "users", href: link({ view: "network", m: fact.mechanism }), title: t("districtsN", { n: users }),
    "aria-label": t("districtsN", { n: users }) }, "×" + users);
}

function sharedRow(fact) {
  const entry = fact.mechanism && !usersOf(fact.mechanism) ? sharedOf("mechanisms", fact.mechanism) : null;
  const users = usersOf(fact.mechanism) || (entry ? entry.rows.length : 0);
  if (users < 2) return [];
  return definition(t("shared"), h("a", { href: link({ view: "network", m: fact.mechanism }) }, t("districtsN", { n: users })));
}

/** The view: provinces with how much each has, a province's districts, and the chosen district's sheet. */
function districtView(root) {
  const district = districtByCode.get(state.d);
  const group = groupByKey.get(district ? district.group : state.p);
  fill(root, provincePills(groups.map(({ group: key, members }) => [key, members.length]), group && group.group, (key) => link({ view: "district", p: key })),
    group ? h("nav", { class: "chooser", "aria-label": t("listAs") }, group.members.map((each) =>
      h("a", { href: link({ view: "district", d: each.code }), class: "pill", "aria-current": each.code === state.d ? "page" : null }, data(each.name)))) : null,
    district ? districtSheet(district.code, true) : state.d ? h("p", null, t("noneFound")) : [h("h2", null, group ? data(group.name) : t("provinces")), countTable(group)]);
}

/** How much there is of each kind, by province or, in one, by district. */
function countTable(group) {
  const rows = group ? group.members.map((each) => ({ name: each.name, href: link({ view: "district", d: each.code }), members: [each] }))
    : groups.map((each) => ({ name: each.name, href: link({ view: "district", p: each.group }), members: each.members }));
  const sum = (members, of) => number(String(members.reduce((total, each) => total + of(each), 0)));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("kinds") }, h("table", { class: "measurements" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t(group ? "district" : "province")), group ? null : h("th", { scope: "col" }, t("district")),
      KINDS.map((kind) => h("th", { scope: "col" }, t(kind))), h("th", { scope: "col" }, t("total")))),
    h("tbody", null, rows.map(({ name, href, members }) => h("tr", null, h("th", { scope: "row" }, h("a", { href }, data(name))),
      group ? null : h("td", { class: "number" }, number(String(members.length))),
      KINDS.map((_, i) => h("td", { class: "number" }, sum(members, (each) => each.kinds[i]))), h("td", { class: "number" }, sum(members, factsIn)))))));
}

// --- texts ----------------------------------------------------------------------------------------------

function sentenceOf(fact, article, place) {
  return wantText(article) ? markedSentence(fact, article, place) : waitingFor(article.in);
}

/** The district whose text is to be shown: that of the article, of the fact, the chosen or the largest. */
function districtOfSource() {
  const code = (state.a || "").split("/")[1] || (state.f || "").split("-")[0] || state.d;
  if (state.a || state.f || state.d) return districtByCode.get(code);
  return [...districts].sort((a, b) => factsIn(b) - factsIn(a) || compare(a.code, b.code))[0];
}

function sourceView(root) {
  const district = districtOfSource();
  if (!district) return fill(root, h("h2", null, t("source")), h("p", null, t("noneFound")));
  if (!wantDistrict(district.code)) return fill(root, h("h2", null, t("source")), h("p", { class: "note" }, districtLink(district.code)), waitingFor(district.code));
  const own = DATA.articles.filter((each) => each.division === district.code);
  const fact = state.f && factById.get(state.f);
  const article = articleByKey.get(state.a) || (fact && articleByKey.get(fact.article)) || own[0];
  if (!article) return fill(root, h("h2", null, t("source")), h("p", null, t("noneFound")));
  const source = DATA.sources[article.source];
  const [there, rawThere] = [wantText(article), !state.raw || wantText(source)];
  fill(root, articleChooser(article));
  append(root, [articleHead(article), there && rawThere ? articleText(article) : waitingFor(article.in, source.in), nextPart(district.code)]);
  return atCurrent(root);
}

/** The articles of the same district, and the way to others. */
function articleChooser(chosen) {
  const select = h("select", { onchange: (event) => go({ view: "source", a: event.currentTarget.value }) },
    DATA.articles.filter((article) => article.division === chosen.division).map((article) =>
      h("option", { value: article.key, selected: article === chosen }, `${shorten(districtName(article.division), 20)} · ${shorten(titleOf(article), 40)}`)));
  return h("p", { class: "chooser" }, h("label", { class: "picker" }, t("article"), " ", select), " ",
    h("a", { class: "pill", href: link({ view: "district", p: (districtByCode.get(chosen.division) || {}).group }) }, t("otherDistrict")));
}
