"""Sound to transcript: decoding, speech, engines, guards, models. Nothing here knows the study."""
