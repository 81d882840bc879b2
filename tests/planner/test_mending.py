"""`muster.planner.mending`: direct fills, chains, and who stays whatever happens."""

from dataclasses import replace

from muster.planner.encoding import week_of
from muster.planner.mending import Moved, mend
from muster.planner.problem import Person, Pin, Post
from tests.planner.problems import ESTATE, GUIDE, RECORDER, bits, problem, shift
from tests.planner.test_planning import seven_days

TWO = (Person(1, bits(GUIDE, RECORDER), ESTATE), Person(2, bits(GUIDE), ESTATE))
POSTS = (Post(1, ESTATE, GUIDE, 1, 1, 1), Post(2, ESTATE, RECORDER, 1, 1, 1, 9))
SHIFTS = (shift(1),)


def test_somebody_free_fills_the_hole() -> None:
    week = week_of(problem(TWO, POSTS[:1], shifts=SHIFTS))
    assert week is not None
    done = mend(week, week.lines([]), 0)
    assert [(c.before, c.after) for c in done.changes] == [(None, 1)]
    assert (done.holes, done.left, done.told) == (1, 0, 1)


def test_a_chain_moves_one_and_another_takes_his_place() -> None:
    week = week_of(problem(TWO, POSTS, shifts=SHIFTS))
    assert week is not None
    now = week.lines([(1, 1)])
    done = mend(week, now, 0)
    assert set(done.changes) == {Moved(1, 1, 2), Moved(2, None, 1)}
    assert mend(week, now, 0, chains=False).left == 1


def test_who_has_come_stays() -> None:
    week = week_of(problem(TWO, POSTS, shifts=SHIFTS))
    assert week is not None
    done = mend(week, week.lines([(1, 1)]), 0, held=(Pin(1, 1),))
    assert done.changes == ()
    assert done.left == 1


def test_who_may_not_any_more_is_taken_off_and_replaced() -> None:
    gone = (replace(TWO[0], available=0), TWO[1])
    week = week_of(problem(gone, POSTS[:1], shifts=SHIFTS))
    assert week is not None
    done = mend(week, week.lines([(1, 1)]), 0)
    assert set(done.changes) == {Moved(1, 1, None), Moved(2, None, 1)}


def test_a_roster_of_seven_days_from_dusk_is_mended() -> None:
    problem = seven_days()
    week = week_of(problem)
    assert week is not None
    done = mend(week, week.lines([]), 0)
    assert done.left < done.holes == len(problem.posts)
