"""A city of invented people, the same for the same seed. Nobody in it lives."""

from muster.demo.generator.building import build
from muster.demo.generator.model import DemoCity

__all__ = ["DemoCity", "build"]
