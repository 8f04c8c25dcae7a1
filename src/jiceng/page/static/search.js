// Search over labels and quotes.

const MOST_RESULTS = 200;

const [SIGNS, SIMPLER] = DATA.simplified.map((signs) => Array.from(signs));
const simplifiedOf = new Map(SIGNS.map((sign, at) => [sign, SIMPLER[at]]));

/** A text of the same length, in simplified characters. */
function simplified(text) {
  return text.replace(/\p{Script=Han}/gu, (sign) => simplifiedOf.get(sign) || sign);
}

/** What words and texts are compared by: letters of one width and case, simplified characters. */
function folded(text) {
  return simplified(text.normalize("NFKC").toLowerCase());
}

/** The words of a query; a number may be written as the page shows it (1,140). */
function soughtWords(query) {
  return ungrouped(folded(query)).split(/\s+/).filter(Boolean);
}

function ungrouped(text) {
  return text.replace(/(\d),(?=\d{3})/g, "$1");
}

/** A district's name and those of what it lies in. */
function whereabouts(code) {
  return [districtName(code), ...(districtByCode.get(code) || { above: [] }).above].join(" ");
}

/** Districts that a query names, by their own name or what they lie in, or by the initials of theirs. */
function soughtPlaces(query) {
  const sought = folded(query);
  const letters = /^[a-z]{2,}$/.test(sought);
  return districts.filter((d) => sought && (folded(d.name + d.above.join("")).includes(sought) || (letters && initials(d.name).startsWith(sought))));
}

let searchIndex = null;

function searchFacts(query) {
  searchIndex = searchIndex || DATA.facts.map((fact) => ({ fact, label: folded(fact.label), initials: initials(fact.label),
    english: englishNames(fact.mechanism, fact.kind === "mechanism" ? fact.type : null, fact.indicator, fact.kind === "organisation" ? fact.type : null),
    text: folded([whereabouts(fact.division), fact.role, fact.value, fact.kind === "measurement" ? fact.label + ungrouped(quantity(fact)) : null, ...fact.evidence.map((e) => e[3].replace(/\s+/g, ""))].filter(Boolean).join(" ")) }));
  const words = soughtWords(query);
  if (!words.length && !anyFilter()) return [];
  const hits = searchIndex.filter((entry) => words.every((word) => entry.label.includes(word) || entry.text.includes(word)
    || (/^[a-z]{2,}$/.test(word) && (entry.initials.includes(word) || inEnglish(entry.english, word)))));
  return hits.map((entry) => [farness(words, entry.label, entry.initials), entry.fact]).sort((a, b) => a[0] - b[0]).map(([, fact]) => fact);
}

/** The English names of a practice, its type, an indicator and a kind of organisation, a space before each word. */
function englishNames(practice, type, indicator, organisation) {
  const concepts = [["practice", practice], ["mechanism", type], ["indicator", indicator], ["organisation", organisation]];
  const names = concepts.map(([scheme, key]) => ((key && (DATA.labels[scheme] || {})[key]) || { en: "" }).en);
  return " " + names.join(" ").toLowerCase().replace(/[^a-z]+/g, " ");
}

/** Whether a word of a name begins so: two letters may be initials of pinyin and begin many. */
function inEnglish(names, word) {
  return word.length > 2 && names.includes(" " + word);
}

/** How far a name is from the words sought: it is what they are, by its signs or initials, it has them all, it has not. */
function farness(words, label, letters) {
  const sought = words.join("");
  if (label === sought || letters === sought) return 0;
  if (words.every((word) => label.includes(word))) return 1;
  return letters && letters.startsWith(sought) ? 2 : 3;
}

// The first character, in the order of pronunciation, of each initial letter of pinyin.
const INITIALS = [..."ABCDEFGHJKLMNOPQRSTWXYZ"];
const FIRSTS = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"];
const pronunciation = new Intl.Collator("zh-u-co-pinyin");
const initialOf = new Map();

/** The initials of a label in pinyin: 邻里圆桌 gives llyz. Other letters and digits stay, the rest is left out. */
function initials(text) {
  return Array.from(text.slice(0, 60), (character) => {
    if (!initialOf.has(character)) initialOf.set(character, initialLetter(character));
    return initialOf.get(character);
  }).join("");
}

function initialLetter(character) {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
  if (!/\p{Script=Han}/u.test(character)) return "";
  let last = FIRSTS.length - 1;
  while (last > 0 && pronunciation.compare(character, FIRSTS[last]) < 0) last -= 1;
  return INITIALS[last].toLowerCase();
}

/** Text with the words sought marked. */
function withMarks(text, query) {
  const [word] = query.split(/\s+/).filter(Boolean);
  const at = word ? simplified(text.toLowerCase()).indexOf(simplified(word.toLowerCase())) : -1;
  if (at < 0) return [shorten(text, 120)];
  const from = Math.max(0, at - 30);
  return [from ? "…" : "", text.slice(from, at), h("mark", null, text.slice(at, at + word.length)), shorten(text.slice(at + word.length), 80)];
}

function searchView(root) {
  const query = state.q || "";
  const all = searchFacts(query);
  const found = all.filter(passesFilters);
  const places = soughtPlaces(query);
  const heading = t("results", { q: shorten(query, 40), n: found.length });
  fill(root, h("h2", null, heading),
    places.length ? h("p", { class: "chooser" }, places.map((d) => h("a", { class: "pill", href: link({ view: "district", d: d.code }) }, data(d.name)))) : null,
    h("nav", { class: "chooser", "aria-label": t("kinds") }, [null, ...KINDS.filter((kind) => all.some((fact) => fact.kind === kind))].map((kind) =>
      h("a", { class: "pill", href: linkWith({ c: kind, f: null }), "aria-current": (state.c || null) === kind ? "true" : null },
        kind ? t(kind) : t("allKinds"), h("span", { class: "count" }, kind ? ofKind(all, kind).length : all.length)))),
    filterBar(),
    query && !found.length && !places.length ? h("p", { class: "note" }, t("searchHint")) : null,
    found.length > MOST_RESULTS ? h("p", { class: "note" }, t("shown", { n: MOST_RESULTS })) : null,
    h("ul", { class: "results" }, found.slice(0, MOST_RESULTS).map((fact) => h("li", null,
      h("a", { href: linkWith({ f: fact.id }), class: state.f === fact.id ? "current" : null },
        h("span", { class: "over" }, t(fact.kind), " · ", data(districtName(fact.division))),
        h("b", null, h("bdi", { class: "data" }, withMarks(fact.label, query)), fact.kind === "measurement" ? [" ", data(quantity(fact))] : null, doubt(fact)),
        fact.evidence.map((e) => h("span", { class: "excerpt data" }, withMarks(e[3], query))))))));
  if (!state.f) announce(heading);
}

function searchBox() {
  let waiting = 0;
  const box = h("input", { type: "search", id: "search", placeholder: t("search"), "aria-label": t("searchLabel"), autocomplete: "off",
    oninput: (event) => {
      const query = event.currentTarget.value.trim();
      clearTimeout(waiting);
      waiting = setTimeout(() => { if (query || state.view === "search") location.hash = link(query ? { view: "search", q: query } : { view: "network" }); }, 180);
    } });
  box.value = state.q || "";
  return h("form", { role: "search", onsubmit: (event) => event.preventDefault() }, box);
}
