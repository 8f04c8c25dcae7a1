// The frame: header, tabs, the view, and the panel beside it. Everything follows the URL's fragment.

const RENDER = { explore: exploreView, district: districtView, tiers: tiersView, matrix: matrixView, indicators: indicatorsView, source: sourceView, search: searchView };

/** How much the page shows: a fact is what has an IRI of its own, as in the graph. */
function counts() {
  const facts = distinct(DATA.facts.map((fact) => fact.iri || fact.id)).length;
  return { districts: districts.length, articles: DATA.articles.length, facts: number(String(facts)) };
}

function header() {
  const other = language === "zh" ? "en" : "zh";
  fill(document.getElementById("top"),
    h("button", { type: "button", class: "skip", onclick: () => document.getElementById("main").focus() }, t("skip")),
    h("div", { class: "brand" }, h("h1", null, h("a", { href: link({ view: "network" }) }, t("title"))), h("p", null, t("lead", counts()))),
    searchBox(),
    h("a", { class: "button", id: "language", href: linkWith({ lang: other === "zh" ? null : other }), lang: other === "zh" ? "zh-CN" : "en", "aria-label": t("otherLabel") }, t("other")),
    h("nav", { id: "tabs", "aria-label": t("views") }, VIEWS.map((view) =>
      h("a", { href: link({ view }), "data-view": view }, t(view)))));
}

function markTab() {
  for (const tab of document.querySelectorAll("#tabs a")) {
    tab.setAttribute("href", link({ view: tab.dataset.view }));
    if (tab.dataset.view === state.view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  const other = language === "zh" ? "en" : null;
  document.getElementById("language").setAttribute("href", linkWith({ lang: other }));
}

/** What the panel shows, and the state without it. */
function panelContent() {
  const fact = state.f && factById.get(state.f);
  const path = state.view === "explore" && !state.n ? pathShown() : [];
  if (fact) return [factPanel(fact), linkWith({ f: null })];
  if (state.m) return [mechanismPanel(state.m), linkWith({ m: null })];
  if (state.t && typeNodes.some((node) => node.ref === state.t)) return [typePanel(state.t), linkWith({ t: null, d: null, p: null })];
  if (path.length) return [pathPanel(path), linkWith({ from: null, to: null })];
  if (state.view === "explore" && state.n) return [nodePanel(state.n), linkWith({ n: null })];
  if (state.view === "network" && state.p) return [provincePanel(state.p), linkWith({ p: null })];
  if (state.view === "network" && state.d) return [districtSheet(state.d, false), linkWith({ d: null })];
  return [null, null];
}

let panelShown = "";
let factShown = "";

/** When the panel closes, the focus goes back to the fact that opened it, or to the picture or the view. */
function returnFocus() {
  const opener = factShown && document.querySelector(`#main a[href*="f=${CSS.escape(factShown)}"]`);
  const target = opener || document.getElementById({ network: "canvas", explore: "explorer-canvas" }[state.view] || "main");
  if (target && !searching()) target.focus({ preventScroll: true });
}

/** The panel is drawn anew, as when more has been loaded: the focus stays on the same element, or on the title. */
function keepFocus(panel, before) {
  const alike = [...panel.querySelectorAll(before.tagName)].filter((element) => element.textContent === before.textContent);
  const target = alike.find((element) => element.getAttribute("href") === before.getAttribute("href")) || alike[0] || panel.querySelector("h2");
  if (target) target.focus({ preventScroll: true });
}

function renderPanel() {
  const panel = document.getElementById("panel");
  const [content, closed] = panelContent();
  const name = content ? [state.f, state.m, state.t, state.p, state.d, state.n, state.from, state.to].map((v) => v || "").join(" ") : "";
  panel.hidden = !content;
  document.getElementById("body").classList.toggle("with-panel", Boolean(content));
  if (!content) {
    panel.replaceChildren();
    return undefined;
  }
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  fill(panel, h("a", { class: "close", href: closed, "aria-label": t("close") }, "×"), content);
  panel.setAttribute("aria-label", t("evidence"));
  if (name !== panelShown) {
    panel.scrollTop = 0;
    const title = panel.querySelector("h2");
    if (title && !searching()) title.focus({ preventScroll: true });
  } else if (focused && !focused.isConnected) keepFocus(panel, focused);
  panelShown = name;
  factShown = state.f || "";
  return undefined;
}

function searching() {
  return document.activeElement && document.activeElement.id === "search";
}

let shown = null;

/** Where there is more to choose from than its place shows, the chosen one is scrolled to. */
function showChosen(view) {
  for (const chooser of view.querySelectorAll(".chooser")) {
    const chosen = chooser.querySelector("[aria-current]");
    if (chosen) chooser.scrollTop += chosen.getBoundingClientRect().top - chooser.getBoundingClientRect().top - 40;
  }
}

function render() {
  state = readState();
  const before = shown;
  language = state.lang === "en" ? "en" : "zh";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  if (!before || before.language !== language) header();
  markTab();
  const explore = document.getElementById("explore");
  const network = document.getElementById("network");
  const view = document.getElementById("view");
  network.hidden = state.view !== "network";
  explore.hidden = state.view !== "explore";
  view.hidden = !network.hidden || !explore.hidden;
  view.className = "view-" + state.view;
  const main = document.getElementById("main");
  const top = main.scrollTop;
  if (state.view === "network") networkView(network);
  else if (state.view === "explore") exploreView(explore);
  else {
    RENDER[state.view](view);
    view.append(downloadBar());
    showChosen(view);
  }
  renderPanel();
  const moved = !before || before.view !== state.view || before.d !== state.d || before.a !== state.a;
  if (state.view !== "source" || !state.f) main.scrollTop = moved ? 0 : top;
  if (panelShown && document.getElementById("panel").hidden) {
    panelShown = "";
    returnFocus();
  }
  shown = { view: state.view, language, d: state.d, a: state.a };
}
