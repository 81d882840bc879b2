"""How allauth behaves here: nobody signs himself up to the desk."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts are made by a manager, a pass or an identity provider."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
