"""Delivering in the background: enqueued with the transaction, run by name."""

import json

from django.db import connection

from muster.apps.audit.actions import act_as
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.notices.queries import notice_about, reach_of_notice
from muster.apps.notices.tasks import deliver_notice
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity


def test_a_job_names_the_notice_and_delivers_it(city: SmallCity) -> None:
    about = new_id()
    with act_as(city.secretary):
        notice = create_notice(kind="plain", title="t", body="b", area=HERE, about=about)
        address_persons(notice=notice, persons={p: {} for p in city.residents[:3]})
        enqueue_delivery(notice=notice.id)
        assert notice_about(about) == notice
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, queue_name, args FROM procrastinate_jobs")
            ((task, queue, arguments),) = cursor.fetchall()
    assert (task, queue) == (deliver_notice.name, "notices")
    assert deliver_notice(**json.loads(arguments)) == 3
    with act_as(city.secretary):
        assert reach_of_notice(notice.id).sent == 3
