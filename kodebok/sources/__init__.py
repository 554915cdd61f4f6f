"""Transcripts as they arrive: one reader per format, repairs, speakers and times."""

from kodebok.sources.options import ReadOptions
from kodebok.sources.reading import columns_of, read_file
from kodebok.sources.repairs import KINDS as REPAIR_KINDS
from kodebok.sources.repairs import describe_repair

__all__ = ["REPAIR_KINDS", "ReadOptions", "columns_of", "describe_repair", "read_file"]
