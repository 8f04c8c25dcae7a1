"""Values are what frozen dataclasses are, but for the guard while the program runs."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.values import Same, dataclass

NAME = "Value"  # of both, so that they print alike


def made(decorate: Any) -> Any:
    fields = {"number": int, "text": str}
    kind = type(NAME, (), {"__annotations__": fields, "text": "", "__module__": __name__})
    return decorate(frozen=True, slots=True, order=True)(kind)


Value, Guarded = made(dataclass), made(dataclasses.dataclass)
FIELDS = st.tuples(st.integers(), st.text())


@given(FIELDS, FIELDS)
def test_they_compare_hash_and_print_as_frozen_ones_do(one: tuple[int, str], other: tuple[int, str]) -> None:
    assert (Value(*one) == Value(*other)) is (Guarded(*one) == Guarded(*other))
    assert (Value(*one) < Value(*other)) is (Guarded(*one) < Guarded(*other))
    assert hash(Value(*one)) == hash(Guarded(*one))
    assert repr(Value(*one)) == repr(Guarded(*one))


@given(FIELDS)
def test_they_are_copied_and_pickled(fields: tuple[int, str]) -> None:
    value = Value(*fields)
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
    assert dataclasses.replace(value, number=7) == Value(7, fields[1])


def test_they_have_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Value(1, "a").other = 2


def test_only_frozen_ones_are_made() -> None:
    with pytest.raises(TypeError, match="frozen"):
        dataclass(slots=True)


def test_keys_by_identity_tell_equal_objects_apart() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one) != Same(other)
    assert Same(one) != one
