"""No small number can be computed from what the page of figures says, however its numbers are combined."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comms.newsletters.counting.figures import IssueFigures, Share
from comms.newsletters.counting.telling import MOST_HOURS, can_be_told, told, told_hours, told_links

SMALL = {1, 2, 3, 4}


def refuse_pinned(worlds):
    """Fail when something that is said leaves one possibility for a number of one to four people.

    `worlds` are pairs of what is said and the numbers behind it; whoever reads may know the method by heart, so every
    world that gives the same words is one that he or she must reckon with.
    """
    possible = defaultdict(lambda: defaultdict(set))
    for said, numbers in worlds:
        for name, number in numbers.items():
            possible[said][name].add(number)
    for said, names in possible.items():
        for name, numbers in names.items():
            assert not numbers & SMALL or len(numbers) >= 4, (said, name, numbers)


@pytest.mark.parametrize("mails", [10, 11, 13, 16, 19])
def test_every_possible_outcome_of_an_issue_hides_its_small_groups(mails):
    def worlds():
        for opened, clicked in combinations_with_replacement(range(mails, -1, -1), 2):
            for looked, followed in product(range(mails - opened + 1), range(mails - clicked + 1)):
                figures = IssueFigures(
                    Share(opened, looked, mails),
                    Share(clicked, followed, mails),
                    mails,
                    [(0, opened, looked)],
                    [("https://a.example/", clicked)],
                )
                yield (
                    told(figures),
                    {
                        "opened": opened,
                        "clicked": clicked,
                        "opened only": opened - clicked,
                        "machine opened": looked,
                        "machine clicked": followed,
                        "not opened": mails - opened,
                        "not clicked": mails - clicked,
                        "nobody opened": mails - opened - looked,
                        "nobody clicked": mails - clicked - followed,
                    },
                )

    refuse_pinned(worlds())


@pytest.mark.parametrize("sent", [4, 9, 14, 20])
def test_who_did_not_agree_to_counting_is_no_small_group_either(sent):
    def worlds():
        for mails in range(sent + 1):
            for opened in range(mails + 1):
                figures = IssueFigures(Share(opened, 0, mails), Share(0, 0, mails), sent, [(0, opened, 0)], [])
                yield told(figures), {"agreed": mails, "silent": sent - mails, "opened": opened}

    refuse_pinned(worlds())


def test_links_hide_who_followed_only_a_few_and_who_left_out_only_a_few():
    def worlds():
        for persons in (5, 7, 10, 12):
            for numbers in product(range(persons + 1), repeat=3):
                if sum(numbers) >= persons:  # who clicked, clicked something
                    links = [(f"https://{name}.example/", number) for name, number in zip("abc", numbers, strict=True)]
                    followed = dict(zip("abc", numbers, strict=True))
                    left_out = {f"not {name}": persons - number for name, number in followed.items()}
                    yield (persons, told_links(links, persons)), followed | left_out

    refuse_pinned(worlds())


HOURS = st.dictionaries(
    st.integers(0, 2 * MOST_HOURS), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30
)


@given(drawn=HOURS, with_machines=st.booleans())
@settings(max_examples=500, deadline=None, derandomize=True, database=None)
def test_any_sum_of_hours_and_its_difference_from_the_total_may_be_said(drawn, with_machines):
    by_hour = [(hour, *drawn[hour]) for hour in sorted(drawn)]
    totals = [sum(numbers) for numbers in zip(*drawn.values(), strict=True)]
    if not all(can_be_told(total) for total in totals):
        return  # then the share is not said, and no hours are
    parts = told_hours(by_hour, with_machines=with_machines)
    assert sum(part.persons for part in parts) == totals[0]
    assert all(can_be_told(part.persons) for part in parts)
    if with_machines:
        assert sum(part.machines for part in parts) == totals[1]
        assert all(can_be_told(part.machines) for part in parts)
    else:
        assert all(part.machines is None for part in parts)
    edges = [edge for part in parts for edge in (part.first, part.last) if edge is not None]
    assert edges == sorted(edges)
    assert all(part.last is not None for part in parts[:-1])


def test_hours_tell_as_much_as_they_may():
    by_hour = [(3, 9, 0), (4, 5, 6), (5, 1, 0), (6, 4, 0), (60, 3, 0), (70, 2, 0)]
    parts = told_hours(by_hour, with_machines=True)
    assert [(part.first, part.last, part.persons, part.machines) for part in parts] == [
        (0, 0, 9, 0), (1, 1, 5, 6), (2, 3, 5, 0), (48, None, 5, 0),
    ]  # fmt: skip


def test_a_few_machines_are_called_few():
    figures = IssueFigures(Share(20, 3, 100), Share(9, 0, 100), 300, [(0, 20, 3)], [])
    said = told(figures)
    assert said.opens.has_few_machines
    assert said.opens.machines is None
    assert said.opens.highest == pytest.approx(0.24)
    assert [part.machines for part in said.hours] == [None]
    assert said.clicks.machines == 0
