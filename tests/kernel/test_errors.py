from muster.kernel.errors import Invalid, MusterError, Unavailable


def test_the_docstring_is_the_message_with_the_data_filled_in() -> None:
    assert Unavailable(retry_after=3).message == "Muster is busy. Try again in 3 seconds."


def test_a_missing_field_stays_readable() -> None:
    assert str(Invalid()) == "The input is not valid: <reason>"


def test_every_error_below_the_root_has_its_own_code() -> None:
    codes = [c.code for c in MusterError.__subclasses__()]
    assert len(codes) == len(set(codes))
