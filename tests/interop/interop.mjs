// What the tests ask of tools in JavaScript. Reads files, prints N-Quads or JSON on standard output:
//   node interop.mjs parse FILE CONTENT-TYPE        N3.js (text/turtle, application/trig, …)
//   node interop.mjs expand FILE [CONTEXT-IRI CONTEXT-FILE]   jsonld.js: JSON-LD to RDF, offline
//   node interop.mjs canonize FILE                  rdf-canonize: RDFC-1.0 of N-Quads
//   node interop.mjs query SOURCE QUERY-FILE…       Comunica: a JSON list of SPARQL JSON results;
//                                                   SOURCE is an N-Triples file or an endpoint's address
//   node interop.mjs gexf FILE                      graphology: nodes and edges with their attributes, as JSON
import {readFileSync} from 'node:fs';

const [task, source, ...rest] = process.argv.slice(2);
const text = path => readFileSync(path, 'utf8');

const tasks = {
  async parse() {
    const {Parser, Writer} = await import('n3');
    const quads = new Parser({format: rest[0]}).parse(text(source));
    return new Promise((resolve, reject) => {
      const writer = new Writer({format: 'N-Quads'});
      writer.addQuads(quads);
      writer.end((error, result) => error ? reject(error) : resolve(result));
    });
  },

  async expand() {
    const {default: jsonld} = await import('jsonld');
    const documentLoader = async url => {
      if (url !== rest[0]) throw new Error(`${url}: is not at hand, and nothing is fetched`);
      return {documentUrl: url, document: JSON.parse(text(rest[1]))};
    };
    return jsonld.toRDF(JSON.parse(text(source)), {format: 'application/n-quads', documentLoader});
  },

  async canonize() {
    const {canonize, NQuads} = await import('rdf-canonize');
    return canonize(NQuads.parse(text(source)), {algorithm: 'RDFC-1.0', maxWorkFactor: 3});
  },

  async query() {
    const {QueryEngine} = await import('@comunica/query-sparql');
    const engine = new QueryEngine();
    const sources = [source];
    if (!/^https?:/.test(source)) {
      const {Parser, Store} = await import('n3');
      sources[0] = new Store(new Parser({format: 'N-Triples'}).parse(text(source)));
    } else {
      sources[0] = {type: 'sparql', value: source};
    }
    const answers = [];
    for (const path of rest) {
      const result = await engine.query(text(path), {sources});
      const {data} = await engine.resultToString(result, 'application/sparql-results+json');
      const chunks = [];
      for await (const chunk of data) chunks.push(chunk);
      answers.push(JSON.parse(chunks.join('')));
    }
    return JSON.stringify(answers);
  },

  async gexf() {
    const {DOMParser} = await import('@xmldom/xmldom');
    globalThis.DOMParser = DOMParser; // graphology-gexf takes the browser's
    const {default: {MultiDirectedGraph}} = await import('graphology');
    const {default: gexf} = await import('graphology-gexf');
    const graph = gexf.parse(MultiDirectedGraph, text(source), {addMissingNodes: false});
    return JSON.stringify({
      nodes: graph.mapNodes((id, told) => [id, told]),
      edges: graph.mapEdges((id, told, from, to) => [from, to, told.label, told.weight]),
    });
  },
};

process.stdout.write(await tasks[task]());
