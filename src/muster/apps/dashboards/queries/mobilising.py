"""Figures of calls, sign-ups and rosters."""

from muster.apps.dashboards.queries.figure import Within, count_of, figure


@figure(
    "bodies_called",
    topic="mobilising",
    unit="bodies",
    zh="动员令送达组织",
    en="Organisations called",
    means=(
        "截止时刻前收到本地动员令的组织数，每个组织计一次。",
        "Organisations that a call for this place has reached by the cut-off, each once.",
    ),
    rows="desk-call",
)
def bodies_called(within: Within) -> int:
    """Bodies reached by calls."""
    return count_of(
        """SELECT count(DISTINCT n.organisation_id) FROM calls_callnode n
           JOIN calls_call c ON c.id = n.call_id
           WHERE c.area BETWEEN %(low)s AND %(high)s AND n.sent_at <= %(at)s""",
        within,
    )


@figure(
    "bodies_acknowledged",
    topic="mobilising",
    unit="bodies",
    zh="已回应组织",
    en="Organisations that answered",
    means=("截止时刻前已签收的组织数。", "Of these, the ones that acknowledged by the cut-off."),
    rows="desk-call",
)
def bodies_acknowledged(within: Within) -> int:
    """Bodies that answered."""
    return count_of(
        """SELECT count(DISTINCT n.organisation_id) FROM calls_callnode n
           JOIN calls_call c ON c.id = n.call_id
           WHERE c.area BETWEEN %(low)s AND %(high)s AND n.acknowledged_at <= %(at)s""",
        within,
    )


@figure(
    "signed_up",
    topic="mobilising",
    unit="people",
    zh="报名人数",
    en="People who signed up",
    means=(
        "截止时刻前为本地报名且未撤回的人数，每人计一次。",
        "People who signed up for this place by the cut-off and did not withdraw, each once.",
    ),
    rows="desk-signups",
)
def signed_up(within: Within) -> int:
    """People who came forward."""
    return count_of(
        """SELECT count(DISTINCT s.person_id) FROM calls_signup s
           JOIN calls_call c ON c.id = s.call_id
           WHERE c.area BETWEEN %(low)s AND %(high)s AND s.created_at <= %(at)s
             AND s.state <> 'withdrawn'""",
        within,
    )


@figure(
    "neighbours_signed_up",
    topic="mobilising",
    unit="people",
    zh="其中本社区居民",
    en="Of these, neighbours",
    means=(
        "报名者中现居住地在本社区的人数。",
        "Of those who signed up, the ones who live in the community itself.",
    ),
    rows="desk-signups",
)
def neighbours_signed_up(within: Within) -> int:
    """Neighbours among them."""
    return count_of(
        """SELECT count(DISTINCT s.person_id) FROM calls_signup s
           JOIN calls_call c ON c.id = s.call_id
           WHERE c.area BETWEEN %(low)s AND %(high)s AND s.created_at <= %(at)s
             AND s.state <> 'withdrawn' AND s.area = c.area""",
        within,
    )


@figure(
    "party_members_signed_up",
    topic="mobilising",
    unit="people",
    zh="其中党员",
    en="Of these, party members",
    means=("报名者中的党员人数。", "Of those who signed up, party members."),
    rows="desk-signups",
)
def party_members_signed_up(within: Within) -> int:
    """Party members among them."""
    return count_of(
        """SELECT count(DISTINCT s.person_id) FROM calls_signup s
           JOIN calls_call c ON c.id = s.call_id JOIN people_person p ON p.id = s.person_id
           WHERE c.area BETWEEN %(low)s AND %(high)s AND s.created_at <= %(at)s
             AND s.state <> 'withdrawn' AND p.party_member""",
        within,
    )


@figure(
    "on_post",
    topic="mobilising",
    unit="people",
    zh="到岗人数",
    en="People who came to their post",
    means=(
        "截止时刻前在已发布排班中签到的人数，每人计一次。",
        "People on a published roster who checked in by the cut-off, each once.",
    ),
    rows="desk-board",
)
def on_post(within: Within) -> int:
    """People who came."""
    return count_of(
        """SELECT count(DISTINCT a.person_id) FROM rosters_assignment a
           JOIN rosters_plan p ON p.id = a.plan_id
           WHERE p.area BETWEEN %(low)s AND %(high)s AND a.came_at <= %(at)s""",
        within,
    )


@figure(
    "posts_short",
    topic="mobilising",
    unit="posts",
    zh="岗位缺口",
    en="Seats that stay empty",
    means=(
        "现行排班中没有人的岗位名额数。",
        "Seats on the roster in force that nobody holds.",
    ),
    rows="desk-board",
)
def posts_short(within: Within) -> int:
    """Seats nobody holds."""
    return count_of(
        """SELECT sum(g.missing) FROM rosters_gap g JOIN rosters_plan p ON p.id = g.plan_id
           WHERE p.area BETWEEN %(low)s AND %(high)s AND p.published_at <= %(at)s
             AND p.state = 'published'""",
        within,
    )
