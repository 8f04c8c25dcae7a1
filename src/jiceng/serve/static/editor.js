// The query editor: YASGUI on this endpoint, with the graph's prefixes, terms and named questions.
"use strict";

const endpoint = new URL("../sparql", location.href).href;

function completer(kind, name, words) {
  Yasgui.Yasqe.forkAutocompleter(kind, { name, bulk: true, persistenceId: null, get: () => words });
}

function start(known) {
  const Yasqe = Yasgui.Yasqe;
  const prefixes = Object.entries(known.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  completer("prefixes", "prefixes-here", prefixes);
  completer("class", "class-here", known.classes);
  completer("property", "property-here", known.properties);
  // Those that come with the editor ask other hosts.
  for (const name of ["prefixes", "class", "property"]) delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = ["prefixes-here", "class-here", "property-here", "variables"];

  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: `jiceng ${endpoint}`,
    yasqe: { value: known.questions[0].text, showQueryButton: true, createShareableLink: null },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  });

  const choice = document.getElementById("question");
  choice.addEventListener("change", () => {
    const question = known.questions.find((q) => q.name === choice.value);
    if (!question) return;
    const tab = yasgui.addTab(true, { ...yasgui.config, name: question.name });
    tab.setQuery(question.text);
    tab.query();
    choice.value = "";
  });

  const button = document.getElementById("language");
  let language = "zh";
  function show() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[language];
    const options = known.questions.map((q) => {
      const option = document.createElement("option");
      option.value = q.name;
      option.textContent = language === "zh" ? q.title_zh : q.title;
      return option;
    });
    const first = document.createElement("option");
    first.value = "";
    first.textContent = "—";
    choice.replaceChildren(first, ...options);
    button.textContent = language === "zh" ? "English" : "中文";
    button.lang = language === "zh" ? "en" : "zh";
  }
  button.addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    show();
  });
  show();
  window.yasgui = yasgui;
}

fetch("../questions.json")
  .then((reply) => reply.json())
  .then(start)
  .catch((error) => {
    const failure = document.getElementById("failure");
    failure.hidden = false;
    failure.textContent = `编辑器未能启动 · the editor did not start: ${error}`;
  });
