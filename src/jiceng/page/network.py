"""The first picture handed to pyvis: its Network holds nodes, edges and options, its bundled library draws.

pyvis' own template is not used: it loads Bootstrap from another host and writes data into scripts. The
page passes pyvis' data to the same library from a script of its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jiceng.page.layout import Picture
from jiceng.page.overview import Link, Node

#: No physics: places are computed beforehand. Colours and fonts follow the reader's theme, in the script.
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "chosen": False},
    "edges": {
        "chosen": False,
        "selectionWidth": 0,
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.55},
    },
    "interaction": {
        "dragNodes": True,
        "hover": True,
        "tooltipDelay": 150,
        "multiselect": False,
        "selectConnectedEdges": False,
        "keyboard": False,
    },
}


def draw(picture: Picture) -> dict[str, Any]:
    """pyvis' nodes, edges and options for a picture, and the places of its narrow arrangement."""
    # Imported here: pyvis takes 0.15 s to import, and only a build that writes a page needs it.
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node as VisNode

    overview = picture.overview
    network = Network()
    # Not add_node and add_edge: both look through all that were added before, which is quadratic.
    for node in (*overview.districts, *overview.mechanisms, *overview.types):
        network.nodes.append(VisNode(node.id, _shape(node), node.label, **_node(node, picture)).options)
    for link in overview.links:
        network.edges.append(Edge(link.source, link.target, **_edge(link)).options)
    network.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    provinces = [
        {"label": run.name, "left": round(run.left, 1), "right": round(run.right, 1), "y": round(run.y, 1)}
        for run in picture.provinces
    ]
    return {"nodes": nodes, "edges": edges, "options": json.loads(options), "provinces": provinces}


def library() -> str:
    """The text of vis-network, as pyvis ships it."""
    import pyvis

    path = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")


def _shape(node: Node) -> str:
    return "dot" if node.kind in ("district", "province") else "box"


def _node(node: Node, picture: Picture) -> dict[str, Any]:
    x, y = picture.wide[node.id]
    narrow = picture.narrow[node.id]
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "narrow": [round(narrow[0], 1), round(narrow[1], 1)],
        "kind": node.kind,
        "ref": node.ref,
        "of": node.group,
        "facts": node.facts,
        "districts": node.districts,
    }


def _edge(link: Link) -> dict[str, Any]:
    return {
        "id": f"{link.source}>{link.target}",
        "kind": link.kind,
        "weight": link.weight,
        "strong": link.strong,
    }
