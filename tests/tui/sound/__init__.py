"""Tests of the screens for sound."""
