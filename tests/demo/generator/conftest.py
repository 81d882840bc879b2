import pytest

from muster.demo.generator import DemoCity, build


@pytest.fixture(scope="package")
def city() -> DemoCity:
    return build()
