"""What is pickled quickly comes back as it was."""

import copy
import dataclasses
import enum
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng import model
from jiceng.pickling import quickly_pickled
from jiceng.store.database import restored


@quickly_pickled
@dataclasses.dataclass(frozen=True, slots=True)
class Base:
    number: int
    text: str


@quickly_pickled
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Base):
    more: tuple[Base, ...] = ()


BASES = st.builds(Base, st.integers(), st.text())


@given(st.builds(Derived, number=st.integers(), text=st.text(), more=st.lists(BASES).map(tuple)))
def test_there_and_back(value: Derived) -> None:
    for protocol in (2, 5):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.deepcopy(value) == value


def test_what_has_other_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        Base(1, "a").__setstate__((1, "a", 2))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind", [c for c in vars(model).values() if isinstance(c, enum.EnumType) and list(c)]
)
def test_members_of_enums_are_read_without_any_function(kind: type[enum.Enum]) -> None:
    assert "__reduce_ex__" in vars(kind)  # by itself Python 3.11.0 to 3.11.3 names getattr
    for member in kind:
        assert restored(pickle.dumps(member)) is member
