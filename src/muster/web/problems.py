"""The only place that turns errors into answers: problem+json for programs, a page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.kernel.errors import Conflict, Invalid, MusterError, NotFound, Refused, Unavailable

STATUS: dict[type[MusterError], int] = {
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}


class _Data(dict[str, object]):
    """An error's data; what was not given is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def status_of(error: MusterError) -> int:
    """The HTTP status of an error: its nearest ancestor in `STATUS`, else 500."""
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status
    return 500


def text_of(error: MusterError) -> str:
    """The message in the language of the request, the error's data filled in."""
    return gettext(error.template).format_map(_Data(error.data)).strip()


def problem(error: MusterError) -> dict[str, object]:
    """RFC 9457 problem details; `code` is stable, `detail` is for people."""
    data = {k: v for k, v in error.data.items() if isinstance(v, str | int | float | bool | list)}
    return {
        "type": f"/problems/{error.code}",
        "title": error.code,
        "status": status_of(error),
        "detail": text_of(error),
        "code": error.code,
        **({"data": data} if data else {}),
    }


def problem_response(request: HttpRequest, error: MusterError) -> HttpResponse:
    """problem+json under /api/, a fragment for htmx, a page for everybody else."""
    status = status_of(error)
    if request.path.startswith("/api/"):
        return problem_json(error)
    template = "fragments/problem.html" if getattr(request, "htmx", False) else "problem.html"
    response = render(request, template, {"error": error, "text": text_of(error)}, status=status)
    if getattr(request, "htmx", False):
        response.headers["HX-Retarget"] = "#problems"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def problem_json(error: MusterError) -> JsonResponse:
    """An error as problem+json."""
    response = JsonResponse(
        problem(error), status=status_of(error), content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(error.data.get("retry_after", 5))
    return response
