"""The scripts behind the pages, their pictures and the example's exports."""
