// Taking away: what is shown as CSV or JSON, the picture as PNG. Files are made here, nothing is requested.

const COLUMNS = ["kind", "district", "division", "label", "type", "chain", "value", "upper", "comparator", "unit", "action",
  "subject", "per", "period", "nature", "indicator", "mechanism", "level", "within", "role", "issuer", "recipient",
  "quote", "source", "offsets", "rule", "iri", "doubtful", "doubtfulPlacement"];

/** The facts behind what is shown: of the selection, or else of the view. */
function factsShown() {
  const of = (key, test) => (state[key] ? DATA.facts.filter(test) : null);
  if (state.view === "search") return searchFacts(state.q || "").filter(passesFilters);
  if (state.view === "explore") return exploredFacts();
  if (state.view === "tiers") return ofKind(DATA.facts, "tier_chain").filter((fact) => !state.t || fact.chain === state.t);
  if (state.view === "indicators") return (indicatorList().find((i) => i.key === state.i) || firstIndicator() || { facts: [] }).facts;
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
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?[\d.]+$/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

function csv(rows) {
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function factsCsv(facts) {
  return csv([COLUMNS, ...facts.map(flat).map((row) => COLUMNS.map((column) => row[column]))]);
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

function savePicture() {
  savePng(document.querySelector("#canvas canvas"), picture.ink.background);
}

/** A canvas as it stands, on the theme's background: a canvas is transparent by itself. */
function savePng(drawn, background) {
  const copy = h("canvas", { width: drawn.width, height: drawn.height });
  const context = copy.getContext("2d");
  context.fillStyle = background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  save("jiceng.png", copy.toDataURL("image/png"));
}

/** Text without what XML cannot hold: most controls and halves of surrogate pairs. */
function xmlText(text) {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}

/** An element of SVG; strings become text nodes. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function svgDocument(left, top, width, height, background, marks) {
  return new XMLSerializer().serializeToString(svg("svg", { viewBox: [left, top, width, height].join(" "), "font-family": FONT },
    svg("rect", { x: left, y: top, width, height, fill: background }), ...marks));
}

/** The picture as SVG: whole, whatever part of it is in sight, with text that stays text. */
function pictureSvg() {
  const looks = new Map(nodeLooks().map((look) => [look.id, look]));
  const nodes = [...looks.values()];
  const [left, right, top, bottom] = [Math.min(...nodes.map((n) => n.x)) - 70, Math.max(...nodes.map((n) => n.x)) + 70,
    Math.min(...nodes.map((n) => n.y)) - 70, Math.max(...nodes.map((n) => n.y)) + 60];
  const words = (look, dy) => look.label.split("\n").map((line, i) => svg("text", { x: look.x, y: look.y + dy + i * look.font.size * 1.2,
    "text-anchor": "middle", "font-size": look.font.size, fill: look.font.color,
    ...(look.font.strokeWidth ? { stroke: look.font.strokeColor, "stroke-width": look.font.strokeWidth, "paint-order": "stroke" } : {}) }, xmlText(line)));
  const lines = edgeLooks().filter((edge) => !edge.hidden).map((edge) => svg("path", { d: curve(looks.get(edge.from), looks.get(edge.to)),
    fill: "none", stroke: edge.color.color, "stroke-width": edge.width }));
  const shapes = nodes.flatMap((look) => (look.shape === "dot"
    ? [svg("circle", { cx: look.x, cy: look.y, r: look.size, fill: look.color.background }), ...words(look, look.size + look.font.vadjust + look.font.size * 1.3)]
    : [boxOf(look), ...words(look, look.font.size * (0.36 - 0.6 * (look.label.split("\n").length - 1)))]));
  const note = (x, y, anchor, text) => svg("text", { x, y, "text-anchor": anchor, "font-size": 14, fill: picture.ink.muted }, text);
  const notes = typeNodes.map((node) => note(looks.get(node.id).x, looks.get(node.id).y + 36, "middle", String(node.facts)));
  if (!picture.narrow) notes.push(...DATA.network.provinces.map((run) => note(run.left - 30, run.y * picture.stretch - 44, "start", xmlText(shorten(run.label, roomFor(run))))));
  return svgDocument(left, top, right - left, bottom - top, picture.ink.background, [...lines, ...shapes, ...notes]);
}

function boxOf(look) {
  const rows = look.label.split("\n");
  const width = look.widthConstraint ? look.widthConstraint + 8 : Math.max(...rows.map((row) => Array.from(row).length)) * look.font.size + 14;
  const height = rows.length * look.font.size * 1.2 + 14;
  return svg("rect", { x: look.x - width / 2, y: look.y - height / 2, width, height, rx: look.shapeProperties.borderRadius,
    fill: look.color.background, stroke: look.color.border, "stroke-width": look.borderWidth || 1 });
}

function curve(from, to) {
  const [dx, dy] = picture.narrow ? [(to.x - from.x) * 0.55, 0] : [0, (to.y - from.y) * 0.55];
  return `M${from.x} ${from.y}C${from.x + dx} ${from.y + dy} ${to.x - dx} ${to.y - dy} ${to.x} ${to.y}`;
}

function factDownloads() {
  const button = (label, action) => h("button", { type: "button", class: "small", onclick: action }, label);
  return [
    h("span", { class: "download" }, t("download")),
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
