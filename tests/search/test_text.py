"""Words, questions, spelling and highlighting of the search, without a database."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

import cwn.search
from cwn.search.text import (
    Group,
    Highlighter,
    Synonyms,
    Vocabulary,
    analyse,
    evaluate,
    find,
    look_alikes,
    parse_query,
    prefix_terms,
)
from cwn.search.text.query import LONGEST_QUERY, MOST_WORDS
from cwn.search.text.stems import dutch_word


def index(*texts, language="nl", kind=set):
    """Index texts "title | body" and number them from 1."""
    postings = defaultdict(kind)
    for number, text in enumerate(texts, 1):
        title, _, body = text.partition(" | ")
        for term in analyse(title, body, language):
            postings[term].add(number)
    return postings


def found(question, *texts, synonyms=None, language="nl"):
    return evaluate(parse_query(question, synonyms, language), index(*texts, language=language)).all


def answer(question, *texts, synonyms=None):
    postings = index(*texts)
    vocabulary = Vocabulary(term[1:] for term in postings if term.startswith("S"))
    return find(question, postings, vocabulary, synonyms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haven", "havens"),
        ("crisis", "crises"),
        ("melding", "gemeld"),
        ("oefening", "oefenen"),
        ("kwetsbaarheid", "kwetsbaarheden"),
        ("cooperatie", "cooperaties"),
        ("dreigingsbeeld", "dreigingsbeelden"),
        ("informatiedeling", "informatiedelen"),
        ("isac", "isacs"),
        ("volwassenheid", "volwassenheid"),
        ("getroffen", "treffen"),
        ("onderzoeker", "onderzoekers"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert dutch_word(one).stem == dutch_word(other).stem


@pytest.mark.parametrize(
    ("one", "other"), [("veiling", "veiligheid"), ("gemeente", "mening"), ("weer", "weerbaarheid"), ("bom", "boom")]
)
def test_other_words_do_not(one, other):
    assert dutch_word(one).stem != dutch_word(other).stem


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("beveiligingsadviezen", ("beveilig", "advies")),
        ("informatiebeveiligingsdienst", ("informatie", "beveilig", "dienst")),
        ("oefenkalender", ("oefen", "kalender")),
        ("kwaliteitseisen", ("kwaliteit", "eis")),
        ("cyberbeveiligingswet", ("cyber", "beveilig", "wet")),
        ("weerbaar", ()),
        ("gemeentelijk", ()),
        ("onderneming", ()),
        ("zeeland", ()),
        ("vergroten", ()),
    ],
)
def test_compounds_are_split_and_other_words_are_not(word, parts):
    assert dutch_word(word).parts == parts


def test_terms_tell_where_a_word_stands():
    terms = analyse("De oefening", "Een crisisoefening in de haven.")
    assert terms == [
        "Sde",
        "Soefening",
        "Toefen",
        "Scrisisoefening",
        "Bcrisisoefen",
        "Pcrisis",
        "Poefen",
        "Shaven",
        "Bhaaf",
    ]


@settings(deadline=None)
@given(st.text(), st.text(), st.sampled_from(["nl", "en"]))
def test_any_text_gives_clean_terms(title, body, language):
    terms = analyse(title, body, language)
    assert len(terms) == len(set(terms))
    assert all(len(term) <= 120 and term[1:] and not term[1:].isspace() and len(term.split()) == 1 for term in terms)


@settings(deadline=None)
@given(st.text())
def test_any_question_can_be_asked_and_highlighted(question):
    query = parse_query(question, Synonyms.of([["DSN", "slachtoffernotificatie"]]))
    evaluate(query, {})
    assert "".join(text for text, _ in Highlighter(query).highlight(question)) == question
    assert find(question, {}, Vocabulary(["oefening"])).tiers == (set(), set(), set())


def test_a_long_question_is_cut():
    words = " ".join(f"woord{number}" for number in range(50))
    assert len(parse_query(words).words) == MOST_WORDS
    assert len(parse_query("a" * 100_000).words[0].text) < LONGEST_QUERY


def test_every_word_must_be_found():
    assert found("havens oefening", "Haven | oefenen", "Haven", "Oefening") == {1}


def test_tiers_put_the_title_first_and_parts_last():
    postings = index("Crisisoefening", "Agenda | een oefening", "Oefening")
    assert list(evaluate(parse_query("oefeningen"), postings)) == [{3}, {2}, {1}]


def test_tiers_work_with_bitmaps():
    postings = index("Crisisoefening", "Agenda | een oefening", "Oefening", kind=BitMap)
    tiers = evaluate(parse_query("oefeningen"), postings, BitMap())
    assert tiers.all == BitMap([1, 2, 3])
    assert tiers.title == BitMap([3])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("coordinatie", "coördineren"),
        ("veiligheid", "veilig"),
        ("beveiligings advies", "beveiligingsadviezen"),
        ("incidentafhandeling", "afhandeling van een cyberincident"),
        ("toeleverancier", "ICT-leveranciers"),
        ("csirt", "de CSIRT's"),
        ("foto", "foto’s"),
        ("email", "e-mail"),
        ("NIS 2", "de NIS2-richtlijn"),
        ("nis2", "NIS-2"),
        ("doelwitnotificatie", "doelwit- en slachtoffernotificatie"),
        ("uitwisseling", "om kennis uit te wisselen"),
        ("anti-ddos", "Anti-DDoS-Coalitie"),
        ("essentiele", "essentiële"),
        ("zorg organisatie", "zorgorganisaties"),
        ("24/7", "dag en nacht (24/7) bereikbaar"),
    ],
)
def test_a_question_finds_another_spelling(question, text):
    assert found(question, text) == {1}
    assert found(question, "Titel | " + text) == {1}


def test_a_generic_word_means_itself_unless_nothing_else_is_found():
    assert found("organisaties", "een organisatie", "een brancheorganisatie") == {1}
    assert found("organisaties", "een brancheorganisatie") == {1}


def test_stop_words_count_only_when_alone():
    assert found("de haven van", "haven") == {1}
    assert found("wie is dat", "Wie is dat?", "Iets | wie is dat") == {1}
    assert not parse_query("?! …")


def test_english_texts_have_english_words_and_dutch_ones_stay_findable():
    assert found("exercise", "Exercises", language="en") == {1}
    postings = index("Crisisoefeningen")
    assert evaluate(parse_query("oefening", language="en"), postings).all == {1}


def test_synonyms_find_each_other_in_any_spelling():
    synonyms = Synonyms.of([["reservekopie", "back-up"], ["valse e-mail", "phishing"]])
    assert found("backups", "reservekopieën", synonyms=synonyms) == {1}
    assert found("reservekopie", "backup", synonyms=synonyms) == {1}
    assert found("valse e-mails melden", "phishing melden", "melden", synonyms=synonyms) == {1}


def test_a_phrase_that_sums_up_finds_all_and_its_parts_do_not_find_each_other():
    synonyms = Synonyms.of([["opleiden, trainen en oefenen", "OTO", "opleiding", "oefening"]])
    texts = ("een opleiding", "een oefening", "OTO")
    assert found("oto", *texts, synonyms=synonyms) == {1, 2, 3}
    assert found("oefening", *texts, synonyms=synonyms) == {2, 3}


def test_the_explanation_of_a_group_comes_with_the_query():
    synonyms = Synonyms.of([Group(("slachtoffernotificatie", "DSN"), "DSN = slachtoffernotificatie")])
    assert parse_query("dsn", synonyms).groups == (("slachtoffernotificatie", "DSN = slachtoffernotificatie"),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pishing", "phishing"),
        ("brianport", "brainport"),
        ("dreigingsinfromatie", "dreigingsinformatie"),
        ("forenisch onderzoek", "forensisch onderzoek"),
        ("apoteker", "apothekers"),
    ],
)
def test_a_slip_is_corrected(typed, meant):
    outcome = answer(typed, "Phishing", "Brainport", "Dreigingsinformatie", "Forensisch onderzoek", "Apothekers")
    assert outcome.corrected == meant
    assert any(outcome.tiers)


def test_a_slip_in_a_word_that_only_synonyms_have_is_corrected():
    synonyms = Synonyms.of([["ransomware", "gijzelsoftware"]])
    assert answer("gijzelsofware", "Ransomware", synonyms=synonyms).corrected == "gijzelsoftware"


def test_a_word_of_the_language_is_never_corrected():
    assert not any(answer("tekening", "Rekening").tiers)


def test_what_is_found_is_not_corrected():
    assert answer("phishing", "Phishing", "Pishing").corrected is None


def test_only_what_the_reader_may_see_corrects():
    assert find("pishing", {}, Vocabulary(["phishing"])).corrected is None


def test_look_alikes_are_said_to_be_no_more_than_that():
    outcome = answer("satteliet", "Satellieten")
    assert outcome.alike
    assert outcome.corrected is None
    assert outcome.tiers == (set(), set(), {1})


def test_one_of_three_words_may_be_missing():
    postings = index("Ransomware | bij havens", "Ransomware")
    assert look_alikes(parse_query("ransomware haven paspoort"), Vocabulary(), postings) == {1}
    assert not look_alikes(parse_query("ransomware paspoort"), Vocabulary(), postings)


def test_vocabulary_keeps_order_and_forgets():
    vocabulary = Vocabulary(["haven", "gemeente"])
    vocabulary.add("havens")
    vocabulary.add("haven")
    vocabulary.discard("gemeente")
    assert list(vocabulary.starting_with("hav")) == ["haven", "havens"]
    assert len(vocabulary) == 2
    assert prefix_terms("Coördinatie hav") == ["coordinatie", "hav"]


def test_hits_are_marked_and_the_text_stays_whole():
    text = "Gemeenten & crisis-oefeningen <b>in</b> 's-Hertogenbosch"
    segments = Highlighter(parse_query("oefening gemeente")).highlight(text)
    assert [part for part, hit in segments if hit] == ["Gemeenten", "crisis-oefeningen"]
    assert "".join(part for part, _ in segments) == text


def test_a_snippet_shows_the_hits():
    text = "Eerst iets anders. " * 20 + "Dan de oefening met gemeenten. " + "En meer. " * 20
    cut = Highlighter(parse_query("oefening gemeente")).snippet(text, 120)
    assert "oefening met gemeenten" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) <= 124


def test_the_shipped_synonyms_can_be_read():
    path = Path(cwn.search.__file__).with_name("reference") / "synonyms.toml"
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    assert all(len(set(group["phrases"])) == len(group["phrases"]) >= 2 for group in groups)
    synonyms = Synonyms.of(Group(tuple(group["phrases"]), group.get("explanation", "")) for group in groups)
    assert found("CERT", "het CSIRT van de haven", synonyms=synonyms) == {1}
    assert found("BES-eilanden", "politie op Saba", synonyms=synonyms) == {1}
    assert found("Bonaire", "politie op Saba", synonyms=synonyms) == set()
