"""kodebok: from interviews to coded quotes in Word, in the terminal, with no network."""

__version__ = "0.1.0"
