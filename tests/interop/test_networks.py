"""graphology, which Gephi Lite and sigma.js are built on, reads the same network from GEXF."""

import json
from collections.abc import Callable
from pathlib import Path

from jiceng import query
from jiceng.export import export, network


def test_graphology_reads_the_same_gexf(root: Path, tmp_path: Path, node: Callable[..., bytes]) -> None:
    file = tmp_path / "network.gexf"
    file.write_bytes(export(root / "graphs", "gexf"))
    expected = network(query.open_store(root / "graphs"))
    assert len(expected) > 1000
    told = json.loads(node("gexf", file))
    colours = set()
    back = {}
    for iri, attributes in told["nodes"]:
        colours.add((attributes["class"], attributes.pop("color")))
        assert attributes.pop("size") >= 4
        back[iri] = attributes
    assert back == dict(expected.nodes(data=True))
    kinds = {kind for kind, _ in colours}
    assert len(colours) == len(kinds) == len({colour for _, colour in colours})
    links = ((a, b, d["label"], d["weight"]) for a, b, d in expected.edges(data=True))
    assert sorted(map(tuple, told["edges"])) == sorted(links)
