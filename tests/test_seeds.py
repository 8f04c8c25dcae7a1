"""The sample corpus is as it came."""

import hashlib
import tomllib
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def test_manifest_lists_every_seed_with_its_hash() -> None:
    documents = tomllib.loads((SEEDS / "MANIFEST.toml").read_text("utf-8"))["document"]
    assert [d["name"] for d in documents] == sorted(p.name for p in SEEDS.glob("*.txt"))
    for document in documents:
        data = (SEEDS / document["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == document["sha256"]
        assert len(data.decode()) == document["characters"]
    assert len({division for d in documents for division in d["divisions"]}) == 15
