// The data block, and ways into it.

const DATA = JSON.parse(document.getElementById("data").textContent);
// What a text names may be `constructor`: objects that are looked up by it have nothing but their own.
for (const labels of Object.values(DATA.labels)) Object.setPrototypeOf(labels, null);
for (const district of DATA.districts) if (district.types) Object.setPrototypeOf(district.types, null);
const KINDS = ["tier_chain", "measurement", "mechanism", "organisation", "policy", "honour", "person"];

const factById = new Map(DATA.facts.map((fact) => [fact.id, fact]));
const districtByCode = new Map(DATA.districts.map((district) => [district.code, district]));
const articleByKey = new Map(DATA.articles.map((article) => [article.key, article]));
const articlesOfDistrict = groupBy(DATA.articles, (article) => article.division);
const nodeById = new Map(DATA.network.nodes.map((node) => [node.id, node]));
const factsOfDistrict = groupBy(DATA.facts, (fact) => fact.division);
const factsOfArticle = new Map();
for (const fact of DATA.facts) intoArticles(fact);
const mechanismFacts = DATA.facts.filter((fact) => fact.kind === "mechanism");
const factsOfMechanism = groupBy(mechanismFacts.filter((f) => f.mechanism), (fact) => fact.mechanism);
const typeNodes = DATA.network.nodes.filter((node) => node.kind === "type");
const districts = [...DATA.districts].sort((a, b) => compare(a.group, b.group) || compare(a.code, b.code));

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}

/** Where a fact is stated: several reports of a district may state the same one. */
function statementsOf(fact) {
  return [[fact.article, fact.start, fact.end], ...(fact.also || [])].map(([article, start, end]) => ({ article, start, end }));
}

/** What a report is called: not all have a title. */
function titleOf(article) {
  return article.title || DATA.sources[article.source].name;
}

function intoArticles(fact) {
  for (const key of distinct(statementsOf(fact).map((place) => place.article))) {
    if (!factsOfArticle.has(key)) factsOfArticle.set(key, []);
    factsOfArticle.get(key).push(fact);
  }
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function distinct(values) {
  return [...new Set(values)];
}

function ofKind(facts, kind) {
  return (facts || []).filter((fact) => fact.kind === kind);
}

function districtName(code) {
  return (districtByCode.get(code) || { name: code }).name;
}

/** The characters of an article's text: offsets count code points, JavaScript counts UTF-16 units. */
const charactersOf = (() => {
  const known = new Map();
  return (key, text) => {
    if (!known.has(key)) known.set(key, Array.from(text));
    return known.get(key);
  };
})();

function number(text) {
  const value = Number(text);
  return Number.isFinite(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 6 }) : text;
}

/** A measurement's value as people say it: 1,210余件, 约20%, 1–2个; in English with > < ≈. */
function quantity(fact) {
  const range = number(fact.value) + (fact.upper ? "–" + number(fact.upper) : "");
  const unit = fact.unit || "";
  if (language === "en") {
    const sign = { ">": "> ", "<": "< ", "~": "≈ " }[fact.comparator] || "";
    return sign + range + (unit === "%" ? "%" : unit && " " + unit);
  }
  let [before, middle, end] = fact.hedge || ["", "", ""];
  if (fact.comparator !== "=" && !before && !middle && !end) {
    before = { ">": "超", "<": "不足", "~": "约" }[fact.comparator] || "";
  }
  return before + range + middle + unit + end;
}
