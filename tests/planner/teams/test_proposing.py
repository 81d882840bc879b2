"""Branches and vanguard posts, counted by hand."""

from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.proposing import Why, propose, told
from muster.planner.teams.splitting import Split


def split_of(
    party: str, leads: str, posts: tuple[tuple[str, ...], ...] = ((),) * 4
) -> tuple[Group, Split]:
    """Four teams of three in a row: a-c, d-f, g-i, j-l; the first of each leads."""
    members = [
        Member(key, i, 0, leads=key in leads or i % 3 == 0, party=key in party)
        for i, key in enumerate("abcdefghijkl")
    ]
    teams = [Wanted(f"t{k}", 10 * k, 0, posts=posts[k]) for k in range(4)]
    return Group(members, teams), Split([i // 3 for i in range(12)], [0, 3, 6, 9], 1.0, 1.0)


def test_three_members_make_a_branch_and_fewer_join_the_nearest() -> None:
    group, found = split_of("abcdjkl", "")
    proposal = propose(group, found, branch_members=3, post_members=1)
    assert [b.teams for b in proposal.branches] == [(0, 1), (3,)]
    assert [b.secretary for b in proposal.branches] == [0, 9]
    assert proposal.alone == (2,)
    assert [(p.post, p.team, p.members) for p in proposal.posts] == [
        ("t0", 0, (1,)), ("t1", 1, (3,)), ("t3", 3, (10,)),
    ]  # fmt: skip


def test_together_they_are_enough_or_there_is_no_branch() -> None:
    group, found = split_of("bfi", "fi")
    proposal = propose(group, found, branch_members=3, post_members=1)
    assert [b.teams for b in proposal.branches] == [(0, 1, 2)]
    assert (proposal.branches[0].secretary, proposal.branches[0].why) == (5, Why.MAY_LEAD)
    assert proposal.alone == (3,)
    assert [p.missing for p in proposal.posts] == [0, 0, 0]
    nothing = propose(group, found, branch_members=4, post_members=1)
    assert (nothing.branches, nothing.posts, nothing.alone) == ((), (), (0, 1, 2, 3))
    assert told(group, nothing) == ["no branch, too few party members: t0, t1, t2, t3"]


def test_a_post_without_a_member_left_says_so() -> None:
    group, found = split_of("bc", "", (("gate", "hall", "yard"), (), (), ()))
    proposal = propose(group, found, branch_members=2, post_members=1)
    assert [(p.post, p.members, p.missing) for p in proposal.posts] == [
        ("gate", (2,), 0), ("hall", (1,), 0), ("yard", (), 1),
    ]  # fmt: skip
    lines = told(group, proposal)
    assert lines[0] == (
        "branch of t0: 2 party members, secretary b"
        " (no party member of it may lead; the first of them)"
    )
    assert lines[3] == "  vanguard post yard: nobody; 1 more party members needed"
