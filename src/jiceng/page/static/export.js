// Taking away: what is shown as CSV or JSON, the picture as PNG. Files are made here, nothing is requested.

const COLUMNS = ["kind", "district", "division", "label", "type", "chain", "value", "upper", "comparator", "unit", "action",
  "subject", "per", "period", "nature", "indicator", "mechanism", "level", "within", "role", "issuer", "recipient",
  "quote", "source", "offsets", "rule", "iri", "doubtful"];

/** The facts behind what is shown: of the selection, or else of the view. */
function factsShown() {
  const of = (key, test) => (state[key] ? DATA.facts.filter(test) : null);
  if (state.view === "search") return searchFacts(state.q || "").filter((fact) => !state.k || fact.kind === state.k);
  if (state.view === "tiers") return ofKind(DATA.facts, "tier_chain").filter((fact) => !state.t || fact.chain === state.t);
  if (state.view === "indicators") return (indicatorList().find((i) => i.key === state.i) || indicatorList()[0] || { facts: [] }).facts;
  if (state.view === "source") return factsOfArticle.get((articleByKey.get(state.a) || DATA.articles[0] || {}).key) || [];
  if (state.view === "district") return factsOfDistrict.get(state.d || (districts[0] || {}).code) || [];
  return of("m", (fact) => fact.mechanism === state.m)
    || of("t", (fact) => fact.type === state.t && fact.kind === "mechanism" && (!state.d || fact.division === state.d)
      && (!state.p || (districtByCode.get(fact.division) || {}).group === state.p))
    || of("p", (fact) => (districtByCode.get(fact.division) || {}).group === state.p)
    || of("d", (fact) => fact.division === state.d)
    || (state.view === "matrix" ? mechanismFacts : DATA.facts);
}

function flat(fact) {
  return { ...fact, district: districtName(fact.division), quote: fact.evidence.map((e) => e[3]).join(" … "),
    source: distinct(fact.evidence.map((e) => DATA.sources[e[0]].name)).join(" "), offsets: fact.evidence.map((e) => `${e[1]}-${e[2]}`).join(" ") };
}

/** A cell of CSV. Text that a spreadsheet would take for a formula is made harmless. */
function csvCell(value) {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

function csv(rows) {
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function factsCsv(facts) {
  return csv([COLUMNS, ...facts.map((fact) => COLUMNS.map((column) => flat(fact)[column]))]);
}

function tableCsv(table) {
  return csv([...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)));
}

function save(name, href) {
  const anchor = h("a", { href, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

function saveText(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(name, url);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The picture as it stands, on the theme's background: a canvas is transparent by itself. */
function savePicture() {
  const drawn = document.querySelector("#canvas canvas");
  const copy = h("canvas", { width: drawn.width, height: drawn.height });
  const context = copy.getContext("2d");
  context.fillStyle = picture.ink.background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  save("jiceng.png", copy.toDataURL("image/png"));
}

function factDownloads() {
  const button = (label, action) => h("button", { type: "button", class: "small", onclick: action }, label);
  return [
    h("span", null, t("download")),
    button("CSV", () => saveText("jiceng.csv", "text/csv;charset=utf-8", factsCsv(factsShown()))),
    button("JSON", () => saveText("jiceng.json", "application/json", JSON.stringify(factsShown().map(flat), null, 1))),
  ];
}

/** At the foot of every view but the network, which has its own. */
function downloadBar() {
  const table = document.querySelector("#view .matrix");
  return h("div", { class: "toolbar" }, factDownloads(),
    table ? h("button", { type: "button", class: "small", onclick: () => saveText("jiceng-matrix.csv", "text/csv;charset=utf-8", tableCsv(table)) }, `CSV (${t("table")})`) : null);
}
