"""The patterns of `ontology/rules/holders.toml`: of whom a text tells."""

from jiceng.rules import patterns

pattern = patterns("holders")
