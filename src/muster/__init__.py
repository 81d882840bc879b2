"""Muster (集结): mobilise, post, test, account for everybody, reopen."""
