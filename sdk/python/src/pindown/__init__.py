"""Push numbers to Pindown from Python."""

__version__ = "0.1.0"
