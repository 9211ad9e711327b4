"""A conversation coach: reads the transcript of a call and says what a good trainer would say."""

__version__ = "0.1.0"
