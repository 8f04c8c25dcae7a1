"""Statements → triples: one node for each thing, written once with all of its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from pyoxigraph import Literal

from jiceng.days import Day
from jiceng.graph import cube, documents, evidence, iri, provenance, times
from jiceng.graph.identity import decimal, fact_iri
from jiceng.graph.namespaces import CUBE, DCT, FOAF, JC, ORG, PROV, QB, RDF, RDFS, SCHEMA, SKOS, XSD
from jiceng.graph.nodes import Said, put, quoted
from jiceng.graph.vocabulary import Vocabulary
from jiceng.lexicon import Lexicon
from jiceng.link.mechanisms import close, commonest
from jiceng.model import (
    Corpus,
    Division,
    Evidence,
    Honour,
    Measurement,
    Mechanism,
    Organisation,
    Person,
    PolicyDocument,
    Source,
    Statement,
    TierChain,
)
from jiceng.periods import parse

T = TypeVar("T", str, int)


def rank(file: Iterable[Said]) -> bytes:
    """What decides between several descriptions of a file: its name as it is written."""
    return next(str(value).encode() for _, predicate, value in file if predicate == SCHEMA.name)


def _most(values: Iterable[T | None]) -> T | None:
    """The most frequent value that is given, the first of equals."""
    counts = Counter(v for v in values if v is not None)
    return max(counts, key=counts.__getitem__) if counts else None


class Builder(Vocabulary):
    """One build: collects triples; order does not matter until the end."""

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        divisions: Mapping[str, Division],
        places: bool = True,
        iris: Callable[[Statement], str] = fact_iri,
    ) -> None:
        """`places` tells whether evidence is described, or only referred to (`referred` has it then)."""
        own = {a.division.adcode: a.division for a in corpus.articles}
        # Thousands of divisions are copied only where one is not among them.
        super().__init__(lexicon, divisions if own.keys() <= divisions.keys() else own | dict(divisions))
        self.corpus = corpus
        self._iris = iris
        # By IRI: which statements (their places in the corpus) a node comes from, and which state a fact or
        # use a shared mechanism.
        self.origin: defaultdict[str, list[int]] = defaultdict(list)
        self.groups: defaultdict[str, list[Statement]] = defaultdict(list)
        self.mechanisms: defaultdict[str, list[Statement]] = defaultdict(list)
        # The tiers' IRIs by article and label: what a measurement of the same words counts.
        self.tiers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.referred: dict[str, None] | None = None if places else {}
        self.sources: Mapping[str, Source] = {s.sha256: s for s in corpus.sources}
        self.written: Mapping[str, Day | None] = {s.sha256: documents.written(s) for s in corpus.sources}

    def build(self) -> None:
        """Collect all triples in `data` and `terms`."""
        self.collect()
        self.describe_documents()
        ontology, hashes = self.lexicon.directory, tuple(self.sources)
        rules = (statement.fact.rule for statement in self.corpus.statements)
        self.include(provenance.described(ontology, hashes, rules))
        self.describe_articles(provenance.activity(ontology, hashes))
        self.describe_facts()
        for node, group in self.mechanisms.items():
            facts = [s.fact for s in group if isinstance(s.fact, Mechanism)]
            labels, kinds = Counter(f.name for f in facts), Counter(f.type for f in facts)
            self.describe_mechanism(node, group[0].mechanism or "", commonest(labels), commonest(kinds))
        names = {group[0].mechanism or "": node for node, group in self.mechanisms.items()}
        for one, other in close(names):
            self._add(names[one], SKOS.closeMatch, names[other])

    def collect(self) -> None:
        """Sort the statements by what they speak of."""
        for index, statement in enumerate(self.corpus.statements):
            self._sort_in(index, statement)

    def describe_documents(self) -> None:
        """Each source and the file that it came from."""
        files: dict[str, list[Said]] = {}
        for source in self.corpus.sources:
            self.include(documents.described(source, self.written[source.sha256]))
            if source.origin and source.origin.sha256:
                about = list(documents.file(source.origin))
                # The same bytes may go by several names: of these the least counts.
                node = about[0][0].value
                if node not in files or rank(about) < rank(files[node]):
                    files[node] = about
        for about in files.values():
            self.include(about)

    def describe_articles(self, activity: str) -> None:
        """Each article, made by an activity (an IRI)."""
        for article in self.corpus.articles:
            node = iri.article(article.source.sha256, article.division.adcode)
            self._types(node, JC.Article, SCHEMA.Article, PROV.Entity)
            self._add(node, JC.about, self.describe_division(article.division.adcode))
            self._add(node, DCT.source, iri.document(article.source.sha256))
            self._add(node, PROV.wasGeneratedBy, activity)
            self._text(node, SCHEMA.headline, article.title)

    def describe_facts(self) -> None:
        """Each thing that statements state, with all that they say of it."""
        for node, group in self.groups.items():
            self._statement(node, group)
            _WRITERS[type(group[0].fact)](self, node, group)

    def describe_evidence(self) -> None:
        """Each place of a source that a statement refers to."""
        for statement in self.corpus.statements:
            for e in statement.evidence:
                self._evidence(e)

    def _sort_in(self, index: int, statement: Statement) -> None:
        node = self._iris(statement)
        self.groups[node].append(statement)
        self.origin[node].append(index)
        for e in statement.evidence:
            self.origin[iri.evidence(e.sha256, e.span.start, e.span.end)].append(index)
        if isinstance(statement.fact, TierChain):
            for position, tier in enumerate(statement.fact.tiers, 1):
                place = iri.tier(node, position)
                self.origin[place].append(index)
                self.tiers[statement.article, tier.label].append(place)
        if isinstance(statement.fact, Mechanism):
            shared = self._shared(statement)
            self.mechanisms[shared].append(statement)
            self.origin[shared].append(index)

    # --- what all statements have ---------------------------------------------------------------------

    def _statement(self, node: str, group: Sequence[Statement]) -> None:
        for statement in group:
            self._add(node, JC.division, self.describe_division(statement.division))
            self._add(node, DCT.isPartOf, iri.article(*statement.article.split("/")))
            put(self.data[node], JC.rule, text=quoted(statement.fact.rule))
            for e in statement.evidence:
                self._add(node, JC.evidence, self._evidence(e))
        if all(statement.doubtful for statement in group):
            self._add(node, JC.doubtful, Literal(True))
        if all(statement.doubtful_placement for statement in group):
            self._add(node, JC.doubtfulPlacement, Literal(True))

    def _evidence(self, e: Evidence) -> str:
        """A place in a source."""
        place = iri.evidence(e.sha256, e.span.start, e.span.end)
        if self.referred is not None:
            self.referred[place] = None
            return place
        if place in self.described:
            return place
        self.described.add(place)
        source = self.sources.get(e.sha256)
        self.places_and_times[place] = evidence.described(place, e, source.text if source else "")
        return place

    def _period(self, group: Sequence[Statement], phrase: str | None) -> str | None:
        """The calendar period that a phrase means in all documents that state it, if it is the same one."""
        if not phrase:
            return None
        found = {parse(phrase, self.written.get(e.sha256)) for s in group for e in s.evidence[:1]}
        period = found.pop() if len(found) == 1 else None
        if period is None:
            return None
        node = times.period_iri(period)
        if node not in self.described:
            self.described.add(node)
            self.places_and_times.update(times.nodes(period))
        return node

    # --- one method a kind of fact --------------------------------------------------------------------

    def _measurement(self, node: str, group: Sequence[Statement]) -> None:
        fact = group[0].fact
        assert isinstance(fact, Measurement)
        self._add(node, RDF.type, JC.Measurement)
        self._text(node, RDFS.label, _measurement_label(fact))
        put(self.data[node], JC.value, text=f'"{decimal(fact.value)}"^^{XSD.decimal}')
        if fact.upper is not None:
            put(self.data[node], JC.upperValue, text=f'"{decimal(fact.upper)}"^^{XSD.decimal}')
        self._add(node, JC.comparator, self._concept("comparators", fact.comparator))
        self._add(node, JC.nature, self._concept("natures", fact.nature))
        if fact.unit:
            self._add(node, JC.unit, self._concept("units", fact.unit))
        self._text(node, JC.measured, fact.measured)
        for predicate, text in (
            (JC.action, fact.action),
            (JC.subject, fact.subject),
            (JC.per, fact.per),
            (JC.period, fact.period),
        ):
            self._text(node, predicate, text)
        period = self._period(group, fact.period)
        if period:
            self._add(node, JC.refPeriod, period)
        indicators = [s.indicator for s in group if s.indicator]
        if indicators:
            self._add(node, JC.indicator, self._indicator(indicators[0]))
            self._observation(node, period)
        for statement in group:
            for tier in self.tiers.get((statement.article, fact.measured), ()):
                self._add(node, JC.countsTier, tier)
        self._concerns(node, group[0].division, fact.subject)

    def _observation(self, node: str, period: str | None) -> None:
        """A measurement that has an indicator is an observation of the data cube."""
        self._add(node, RDF.type, QB.Observation)
        self._add(node, QB.dataSet, CUBE.measurements)
        put(self.data[node], JC.statementKey, text=quoted(cube.statement_key(node)))
        if not period:
            self._add(node, JC.refPeriod, JC.unknownPeriod)
        if "cube" not in self.described:
            self.described.add("cube")
            self.terms.update(cube.nodes())

    def _tier_chain(self, node: str, group: Sequence[Statement]) -> None:
        fact = group[0].fact
        assert isinstance(fact, TierChain)
        self._add(node, RDF.type, JC.TierChain)
        self._text(node, RDFS.label, "—".join(tier.label for tier in fact.tiers))
        self._add(node, JC.chainType, self._concept("chain_types", fact.chain_type))
        levels = _most(s.fact.declared_levels for s in group if isinstance(s.fact, TierChain))
        if levels is not None:
            self._add(node, JC.declaredLevels, Literal(levels))
        types = next((s.tier_types for s in group if s.tier_types), ())
        for position, tier in enumerate(fact.tiers, 1):
            place = iri.tier(node, position)
            self._add(node, JC.tier, place)
            self._add(place, RDF.type, JC.Tier)
            self._add(place, JC.position, Literal(position))
            self._text(place, RDFS.label, tier.label)
            if position <= len(types) and types[position - 1]:
                self._add(
                    place, JC.organisationType, self._concept("organisation_types", types[position - 1])
                )
            if position > 1:
                self._add(place, JC.superiorTier, iri.tier(node, position - 1))

    def _adoption(self, node: str, group: Sequence[Statement]) -> None:
        self._add(node, RDF.type, JC.MechanismAdoption)
        for number, statement in enumerate(group):
            fact = statement.fact
            assert isinstance(fact, Mechanism)
            if not number:
                self._text(node, RDFS.label, fact.name)
            self._add(node, JC.mechanism, self._shared(statement))
            self._text(node, JC.level, fact.level)
            for component in fact.components:
                self._text(node, JC.component, component)

    def _shared(self, statement: Statement) -> str:
        """The shared mechanism, named by its key: the preferred label where it is well known."""
        return iri.mint("mechanism", statement.mechanism or str(getattr(statement.fact, "name", "")))

    def _organisation(self, node: str, group: Sequence[Statement]) -> None:
        facts = [s.fact for s in group if isinstance(s.fact, Organisation)]
        self._types(node, JC.Organisation, ORG.Organization)
        self._text(node, RDFS.label, facts[0].name)
        kind = _most(f.kind for f in facts) or facts[0].kind
        self._add(node, JC.organisationKind, self._concept("organisation_kinds", kind))
        for fact, statement in zip(facts, group, strict=True):
            name = statement.within or fact.within
            if name:
                larger = iri.mint("organisation", statement.division, name)
                if larger != node and larger in self.groups:
                    self._add(node, JC.within, larger)
                else:
                    self._text(node, JC.withinName, name)

    def _policy(self, node: str, group: Sequence[Statement]) -> None:
        self._types(node, JC.PolicyDocument, FOAF.Document)
        for number, statement in enumerate(group):
            assert isinstance(statement.fact, PolicyDocument)
            if not number:
                self._text(node, DCT.title, statement.fact.title)
            self._text(node, JC.issuer, statement.fact.issuer)

    def _honour(self, node: str, group: Sequence[Statement]) -> None:
        fact = group[0].fact
        assert isinstance(fact, Honour)
        self._add(node, RDF.type, JC.Honour)
        self._text(node, RDFS.label, fact.title)
        self._text(node, JC.recipient, fact.recipient)
        self._text(node, JC.period, fact.period)
        if period := self._period(group, fact.period):
            self._add(node, JC.refPeriod, period)
        self._concerns(node, group[0].division, fact.recipient)

    def _person(self, node: str, group: Sequence[Statement]) -> None:
        self._types(node, JC.Person, FOAF.Person)
        for number, statement in enumerate(group):
            assert isinstance(statement.fact, Person)
            if not number:
                self._text(node, FOAF.name, statement.fact.name)
            self._text(node, JC.role, statement.fact.role)

    # --- what they refer to ---------------------------------------------------------------------------

    def _concerns(self, node: str, division: str, name: str | None) -> None:
        """Link a name inside a fact to the organisation, if the texts speak of that one as such."""
        if name and (named := iri.mint("organisation", division, name)) in self.groups:
            self._add(node, JC.concerns, named)


def _measurement_label(fact: Measurement) -> str:
    sign = "" if fact.comparator == "=" else fact.comparator
    upper = "" if fact.upper is None else f"—{decimal(fact.upper)}"
    return f"{fact.measured} {sign}{decimal(fact.value)}{upper}{fact.unit or ''}"


_WRITERS: Mapping[type, Callable[[Builder, str, Sequence[Statement]], None]] = {
    Measurement: Builder._measurement,
    TierChain: Builder._tier_chain,
    Mechanism: Builder._adoption,
    Organisation: Builder._organisation,
    PolicyDocument: Builder._policy,
    Honour: Builder._honour,
    Person: Builder._person,
}
