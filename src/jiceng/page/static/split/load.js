// A page whose data stand in files beside it, page/NAME.js. Pages opened from disk may load nothing but
// scripts, so each file is one call with a string; it is parsed as JSON, and nothing in it can run.
// From here on functions take the place of those of the same name above: they ask for what is missing
// and show that; when it has come, the page is drawn again.

const SPLIT = DATA.split;
const asked = new Map(); // files by name: "asked", "there" or "failed"
const takers = new Map(); // what takes the content of a file that was asked for
const partsOf = new Map(); // by district, in how many files its facts stand
const sourceByHash = new Map();
const groups = [...groupBy(districts, (district) => district.group)].map(([group, members]) => ({ group, members, name: nameOfGroup(group, members) }));
const groupByKey = new Map(groups.map((each) => [each.group, each]));
KEYS.push("load", "all"); // districts in the explorer; whether long lists are shown whole

// Whatever is written where a browser would run it passes here (the policy of the page asks for that).
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (text) => text.replace(/[<>&"]/g, (character) => `&#${character.codePointAt(0)};`),
    createScriptURL: (address) => (/^page\/[0-9A-Za-z-]+\.js$/.test(address) ? address : null),
  });
}

/** The name of a province: divisions in it know it, or the province itself is among them. */
function nameOfGroup(group, members) {
  const inside = members.find((district) => district.province);
  const whole = members.find((district) => district.code.endsWith("0000"));
  return inside ? inside.province : whole ? whole.name : group;
}

/** Whether a file is there; else it is asked for. Names are made of known codes and of numbers only. */
function want(name, take) {
  if (asked.has(name)) return asked.get(name) === "there";
  asked.set(name, "asked");
  takers.set(name, take);
  const script = h("script", { src: `page/${name}.js` });
  const ended = () => {
    script.remove();
    if (asked.get(name) === "there") return;
    asked.set(name, "failed");
    drawSoon();
  };
  script.addEventListener("load", ended);
  script.addEventListener("error", ended);
  document.head.append(script);
  return false;
}

/** What the files call. */
window.jicengData = (name, text) => {
  if (asked.get(name) !== "asked") return;
  takers.get(name)(JSON.parse(text));
  takers.delete(name);
  asked.set(name, "there");
  drawSoon();
};

let drawing = 0;

function drawSoon() {
  if (drawing) return;
  drawing = setTimeout(() => {
    drawing = 0;
    if (document.querySelector("#panel .waiting")) panelShown = ""; // what comes takes the focus
    render();
  });
}

/** In place of what a file will bring. */
function waitingFor(...names) {
  const failed = names.find((name) => asked.get(name) === "failed");
  return h("p", { class: "note waiting", role: "status" }, failed ? t("notLoaded", { file: `page/${failed}.js` }) : t("loading"));
}

// --- a district's facts ---------------------------------------------------------------------------------

function partName(code, part) {
  return part > 1 ? `${code}-${part}` : code;
}

function wantDistrict(code, part) {
  return districtByCode.has(code) && want(partName(code, part || 1), (content) => takeFacts(code, content));
}

const numbersOf = new Map(); // by district, the numbers in DATA.sources of its own

function takeFacts(code, content) {
  if (content.sources) {
    partsOf.set(code, content.parts);
    numbersOf.set(code, content.sources.map(takeSource));
    for (const head of content.articles) {
      const article = { ...head, source: numbersOf.get(code)[head.source], text: "", paragraphs: [], spans: [] };
      articleByKey.set(article.key, article);
      DATA.articles.push(article);
      articlesOfDistrict.set(code, [...(articlesOfDistrict.get(code) || []), article]);
    }
  }
  for (const fact of content.facts) {
    for (const evidence of fact.evidence || []) evidence[0] = numbersOf.get(code)[evidence[0]];
    takeFact(fact);
  }
}

function takeSource(source) {
  if (!sourceByHash.has(source.sha256)) {
    sourceByHash.set(source.sha256, { ...source, number: DATA.sources.length, text: "" });
    DATA.sources.push(sourceByHash.get(source.sha256));
  }
  return sourceByHash.get(source.sha256).number;
}

function takeFact(fact) {
  const into = (groups, key) => (groups.has(key) ? groups.get(key).push(fact) : groups.set(key, [fact]));
  DATA.facts.push(fact);
  factById.set(fact.id, fact);
  into(factsOfDistrict, fact.division);
  intoArticles(fact);
  if (fact.kind !== "mechanism") return;
  mechanismFacts.push(fact);
  if (fact.mechanism) into(factsOfMechanism, fact.mechanism);
}

/** Where a fact is that a link names: "there", "none", or the file that may bring it. */
function lookFor(id) {
  if (factById.has(id)) return "there";
  const code = id.split("-")[0];
  if (!districtByCode.has(code)) return "none";
  for (let part = 1; part <= (partsOf.get(code) || 1); part += 1) if (!wantDistrict(code, part)) return partName(code, part);
  return factById.has(id) ? "there" : "none";
}

function factsIn(district) {
  return district.kinds.reduce((sum, n) => sum + n, 0);
}

// --- texts ----------------------------------------------------------------------------------------------

/** Whether the text of an article or a source is there. */
function wantText(record) {
  return /^[0-9A-Za-z]+-[0-9a-z]+$/.test(record.in) && want(record.in, takeTexts);
}

function takeTexts({ articles, sources }) {
  for (const article of articles) if (articleByKey.has(article.key)) Object.assign(articleByKey.get(article.key), article);
  for (const source of sources) if (sourceByHash.has(source.sha256)) sourceByHash.get(source.sha256).text = source.text;
}

// --- what districts share -------------------------------------------------------------------------------

const shares = { mechanisms: new Map(), indicators: new Map() };

/** In which file a key stands: FNV-1a over its code points. */
function bucketOf(topic, key) {
  let value = 2166136261;
  for (const character of key) value = Math.imul(value ^ character.codePointAt(0), 16777619) >>> 0;
  return `${topic}-${value % SPLIT.buckets[topic]}`;
}

/** What the districts say of a mechanism or an indicator: undefined until it has come, null if there is nothing. */
function sharedOf(topic, key) {
  const there = want(bucketOf(topic, key), (content) => { for (const [name, entry] of Object.entries(content)) shares[topic].set(name, entry); });
  if (there || asked.get(bucketOf(topic, key)) === "failed") return shares[topic].get(key) || null;
  return undefined;
}

const practices = SPLIT.shared.map(([key, label, type, users, facts, byGroup]) => ({ key, label, type, users, facts, byGroup: new Map(Object.entries(byGroup)) }));
const practiceByKey = new Map(practices.map((practice) => [practice.key, practice]));
const usersByKey = new Map(Object.entries(SPLIT.users));
