"""Every tier label has an organisation type, the finest that its words support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.lexicon import load_lexicon
from jiceng.link.tiers import tier_type

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("label", "notation"),
    [
        ("区委", "party.committee.county"),
        ("街道党工委", "party.working_committee.street"),
        ("街道大党工委", "party.working_committee.greater"),
        ("街道“大工委”", "party.working_committee.greater"),
        ("社区党委", "party.committee.community"),
        ("社区大党委", "party.committee.greater"),
        ("村（社区）党总支", "party.general_branch"),
        ("小区党支部", "party.branch.quarter"),
        ("小区（楼院）党支部", "party.branch.quarter"),
        ("网格红色党支部", "party.branch.grid"),
        ("楼栋党小组", "party.group.building"),
        ("党员中心户", "party.household"),
        ("社区党支部、共建党支部、网格党支部", "party.branch"),
        ("街道", "place.township"),
        ("镇（街道）", "place.township"),
        ("村（社区）", "place.community"),
        ("网格", "place.grid"),
        ("街道网格", "place.township"),
        ("区级", "place.county"),
        ("社区居委会", "office.residents"),
        ("楼栋长", "role.building_chief"),
        ("县调解中心", "facility.centre"),
        ("村（居）公共法律服务室", "facility.room"),
        ("街道调委会", "facility.mediation"),
        ("红色管家", "other"),
        ("", "other"),
    ],
)
def test_type_of_label(label: str, notation: str) -> None:
    assert tier_type(label, LEXICON) == notation


@given(st.text(max_size=20))
def test_every_label_has_a_concept(label: str) -> None:
    assert tier_type(label, LEXICON) in LEXICON.scheme("organisation_types").by_notation
