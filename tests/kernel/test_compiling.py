"""What is compiled says what it is, and runs as it reads."""

from muster.kernel.compiling import compiled


@compiled
def double(number: int) -> int:
    """Twice the number."""
    return 2 * number


def test_a_compiled_function_keeps_its_name_and_its_answer() -> None:
    assert double(21) == 42
    assert double.__name__ == "double"
    assert double.__doc__ == "Twice the number."
