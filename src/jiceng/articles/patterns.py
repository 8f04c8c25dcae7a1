"""The patterns of `ontology/rules/articles.toml`: what stands around the names of divisions."""

from jiceng.rules import patterns

pattern = patterns("articles")
