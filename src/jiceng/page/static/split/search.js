// Search over the names in lists of the provinces, loaded as far as they are needed; and taking away.

const MOST_NAMES = 60_000_000; // bytes of names that are searched without choosing a province
const AT_ONCE = 4; // files asked for at the same time
const nameRows = new Map(); // by file, its names ready to be searched

/** The names in a list's file: each with what it is compared by. */
function namesIn(file) {
  if (nameRows.has(file)) return nameRows.get(file);
  const rows = [];
  for (const [division, found] of Object.entries(listed.names.get(file) || {})) {
    const place = folded(whereabouts(division));
    for (const [kind, label, more, id, n] of found) {
      rows.push({ id, label, more, n, division, kind: KINDS[kind], type: KINDS[kind] === "mechanism" ? more : null, name: folded(label), text: place + " " + folded(more ? label + more : "") });
    }
  }
  listed.names.delete(file);
  nameRows.set(file, rows);
  return rows;
}

/** What matches in the files that are there, and how many of them are; the next are asked for. */
function searchNames(query) {
  const words = soughtWords(query);
  const chosen = groupByKey.has(state.fp) ? [state.fp] : groups.map(({ group }) => group);
  const files = chosen.flatMap((group) => listFiles("names", group));
  const tooMany = !groupByKey.has(state.fp) && SPLIT.names > MOST_NAMES;
  const found = { rows: [], files: files.length, there: 0, failed: [], tooMany };
  if (tooMany || (!words.length && !state.c && !state.ft && !state.fp)) return found;
  let waiting = 0;
  for (const file of files) {
    if (waiting >= AT_ONCE) break;
    if (!wantList("names", file)) {
      if (asked.get(file) === "failed") found.failed.push(file);
      else waiting += 1;
      continue;
    }
    found.there += 1;
    for (const row of namesIn(file)) if (words.every((word) => matches(row, word))) found.rows.push(row);
  }
  for (const row of found.rows) row.far = farness(words, row.name, row.initials);
  found.rows.sort((a, b) => a.far - b.far);
  return found;
}

function matches(row, word) {
  if (row.name.includes(word) || row.text.includes(word)) return true;
  if (!/^[a-z]{2,}$/.test(word)) return false;
  row.initials = row.initials === undefined ? initials(row.label) : row.initials;
  if (row.english === undefined) row.english = englishNames(row.kind === "mechanism" ? row.label : null, row.type);
  return row.initials.includes(word) || inEnglish(row.english, word);
}

function searchView(root) {
  const query = state.q || "";
  const found = searchNames(query);
  const ofType = found.rows.filter((row) => !state.ft || row.type === state.ft);
  const shown = ofType.filter((row) => !state.c || row.kind === state.c);
  const counts = groupBy(ofType, (row) => row.kind);
  const places = soughtPlaces(query).slice(0, 60);
  const heading = t("results", { q: shorten(query, 40), n: number(String(shown.length)) });
  rowsShown.facts = shown;
  fill(root, h("h2", null, heading),
    places.length ? h("p", { class: "chooser" }, places.map((d) => h("a", { class: "pill", href: link({ view: "district", d: d.code }) }, data(d.name)))) : null,
    h("nav", { class: "chooser", "aria-label": t("kinds") }, [null, ...KINDS.filter((kind) => counts.has(kind))].map((kind) =>
      h("a", { class: "pill", href: linkWith({ c: kind, f: null }), "aria-current": (state.c || null) === kind ? "true" : null },
        kind ? t(kind) : t("allKinds"), h("span", { class: "count" }, number(String(kind ? counts.get(kind).length : ofType.length)))))),
    filterBar(),
    found.tooMany ? h("p", { class: "warning" }, t("tooMany")) : null,
    found.there < found.files && !found.tooMany ? h("p", { class: "note waiting", role: "status" }, t("searched", { n: found.there, all: found.files })) : null,
    found.failed.length ? waitingFor(...found.failed) : null,
    query && !shown.length && !places.length && found.there === found.files ? h("p", { class: "note" }, t("searchHint")) : null,
    shown.length > MOST_RESULTS ? h("p", { class: "note" }, t("shown", { n: MOST_RESULTS })) : null,
    h("ul", { class: "results" }, shown.slice(0, MOST_RESULTS).map((row) => h("li", null,
      h("a", { href: linkWith({ f: row.id }), class: state.f === row.id ? "current" : null },
        h("span", { class: "over" }, t(row.kind), " · ", data(districtName(row.division))),
        h("b", null, h("bdi", { class: "data" }, withMarks(row.label, query)), row.more && row.kind !== "mechanism" ? [" ", data(row.more)] : null),
        row.n > 1 ? h("span", { class: "note" }, "×" + row.n) : null)))));
  if (!state.f && found.there === found.files) announce(heading);
}

/** In search what the lists know can be chosen; in the explorer all, and which districts are drawn. */
function filterBar() {
  const keys = state.view === "search" ? ["c", "ft", "fp"] : Object.keys(FILTERS);
  return h("div", { class: "filters", role: "group", "aria-label": t("filters") },
    keys.map((key) => filterPicker(key, FILTERS[key])),
    state.view === "explore" ? districtPickers() : null,
    anyFilter() ? h("a", { class: "pill", href: linkWith(Object.fromEntries(Object.keys(FILTERS).map((key) => [key, null]))) }, t("clearFilters")) : null);
}

// --- taking away ----------------------------------------------------------------------------------------

/** What is there of what is shown: rows of lists have no quotes, and a selection only what was loaded of it. */
function factsShown() {
  if (["search", "tiers", "indicators"].includes(state.view)) return rowsShown.facts;
  if (state.view === "explore") return exploredFacts();
  if (state.view === "source") return factsOfArticle.get(state.a) || [];
  if (state.view === "district" && state.d) return factsOfDistrict.get(state.d) || [];
  const selected = (fact) => (!state.m || fact.mechanism === state.m) && (!state.t || (fact.kind === "mechanism" && fact.type === state.t))
    && (!state.p || (districtByCode.get(fact.division) || {}).group === state.p) && (!state.d || fact.division === state.d);
  return DATA.facts.filter(selected);
}

function flat(fact) {
  const evidence = fact.evidence || [];
  return { ...fact, district: districtName(fact.division), quote: evidence.map((e) => e[3]).join(" … ") || fact.quote,
    source: distinct(evidence.map((e) => DATA.sources[e[0]].name)).join(" "), offsets: evidence.map((e) => `${e[1]}-${e[2]}`).join(" ") };
}

function factDownloads() {
  const button = (label, action) => h("button", { type: "button", class: "small", onclick: action }, label);
  return [
    h("span", { class: "loaded" }, t("download"), " · ", t("loadedN", { n: number(String(factsShown().length)) })),
    button("CSV", () => saveText("jiceng.csv", "text/csv;charset=utf-8", factsCsv(factsShown()))),
    button("JSON", () => saveText("jiceng.json", "application/json", JSON.stringify(factsShown().map(flat), null, 1))),
  ];
}
