"""What transcription costs: CPU seconds per second of sound, and memory at two hours.

    OMP_NUM_THREADS=1 python -m benchmarks.transcription [--sizes small medium] [--hours 2]

Weights are random, at the true dimensions of Whisper's sizes: the time is the same. A window of
thirty seconds holds 28 seconds of sound here (as kodebok cuts it) and 125 tokens, which is what
Norwegian interviews come to. Each measure runs in a process of its own. Prints a table, then JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SECONDS = 28  # of sound in a window
TOKENS = 125
SAMPLES = 30 * 16_000
# Mel bands, width, heads, layers of each half.
SIZES = {
    "tiny": (80, 384, 6, 4),
    "small": (80, 768, 12, 12),
    "medium": (80, 1_024, 16, 24),
    "large-v3": (128, 1_280, 20, 32),
}
INTERVIEW = Path(__file__).parents[1] / "tests" / "transcribe" / "models" / "interview.mp3"


def random_model(size: str) -> Any:
    """A Whisper of the given size that knows nothing."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(1)
    mels, width, heads, layers = SIZES[size]
    vocabulary = 51_866 if mels == 128 else 51_865
    dims = ModelDimensions(mels, 1500, width, heads, layers, vocabulary, 448, width, heads, layers)
    model = Whisper(dims)
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.02)
    return model.eval()


def whisper_window(size: str, beams: int) -> Callable[[], None]:
    """One window by openai-whisper: features, encoder, decoding, word times."""
    import torch
    import whisper
    from whisper.timing import find_alignment
    from whisper.tokenizer import get_tokenizer

    model = random_model(size)
    samples = torch.from_numpy(_noise())
    options = whisper.DecodingOptions(
        language="no", fp16=False, sample_len=TOKENS, beam_size=beams if beams > 1 else None
    )
    tokenizer = get_tokenizer(multilingual=True, language="no", task="transcribe")

    def run() -> None:
        mel = whisper.log_mel_spectrogram(samples, model.dims.n_mels)
        told = whisper.decode(model, mel, options)
        text = [token for token in told.tokens if token < tokenizer.eot]
        find_alignment(model, tokenizer, text, mel, SECONDS * 100)

    return run


def faster_window(size: str, beams: int) -> Callable[[], None]:
    """One window by faster-whisper's engine, with weights of 8 bits."""
    import ctranslate2
    from faster_whisper.feature_extractor import FeatureExtractor

    from tests.transcribe.ctranslate2_folder import write_folder

    model = random_model(size)
    layers, heads = model.dims.n_text_layer, model.dims.n_text_head
    checkpoint = {
        "dims": vars(model.dims),
        "model_state_dict": model.state_dict(),
        "alignment_heads": [(layers - 1, head) for head in range(heads)],
    }
    with tempfile.TemporaryDirectory() as folder:
        write_folder(checkpoint, Path(folder), "int8")
        del model, checkpoint
        quick = ctranslate2.models.Whisper(
            folder, device="cpu", compute_type="int8", intra_threads=1
        )
    extract = FeatureExtractor(feature_size=SIZES[size][0])
    samples = _noise()
    start = [50_258, 50_288, 50_360]

    def run() -> None:
        mel = extract(samples, padding=0)[:, :3000]
        features = ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[None]))
        heard = quick.encode(features)
        told = quick.generate(heard, [start], beam_size=beams, max_length=TOKENS + 3)
        text = [token for token in told[0].sequences_ids[0] if token < 50_257]
        quick.align(heard, start, [text], SECONDS * 100)

    return run


def window_cost(engine: str, size: str, beams: int) -> dict[str, float]:
    """CPU seconds for a second of sound, and the most memory it took, in MB."""
    if engine == "whisper":
        import torch

        torch.set_num_threads(1)
    window = (whisper_window if engine == "whisper" else faster_window)(size, beams)
    begun = time.process_time()
    window()
    return {"cpu_per_second": round((time.process_time() - begun) / SECONDS, 3), **_memory()}


def survey_cost(engine: str, hours: float) -> dict[str, float]:
    """CPU seconds and memory for the walk through a long recording: decoding, loudness, speech."""
    from kodebok.transcribe.speech import SileroOfFaster, SileroOfTorch
    from kodebok.transcribe.survey import cut_out, survey_recording

    if engine == "whisper":
        import torch

        torch.set_num_threads(1)
    detector = SileroOfTorch() if engine == "whisper" else SileroOfFaster()
    with tempfile.TemporaryDirectory() as folder:
        path = _long_recording(Path(folder) / "long.wav", hours)
        before = _memory()["megabytes"]
        begun = time.process_time()
        steps = survey_recording(path, detector)
        survey = None
        while survey is None:
            try:
                next(steps)
            except StopIteration as ended:
                survey = ended.value
        stretches = [(chunk.start_ms, chunk.end_ms) for chunk in survey.chunks]
        for _samples in cut_out(path, survey.gain, stretches):
            pass
        spent = time.process_time() - begun
    return {
        "cpu_seconds": round(spent, 1),
        "cpu_per_second": round(spent / hours / 3_600, 4),
        "chunks": len(stretches),
        "megabytes_before": before,
        **_memory(),
    }


def _noise() -> Any:
    return (np.random.default_rng(1).standard_normal(SAMPLES) * 0.1).astype(np.float32)


def _long_recording(path: Path, hours: float) -> Path:
    """The interview of the tests, again and again."""
    from kodebok.transcribe.decoding import RATE, SoundFile

    samples = np.concatenate(list(SoundFile(INTERVIEW).blocks()))
    sound = (samples * 32_767).astype("<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for _ in range(round(hours * 3_600 * RATE / len(samples))):
            file.writeframesraw(sound)
    return path


def _memory() -> dict[str, float]:
    return {"megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024)}


def measured_apart(*arguments: str) -> dict[str, Any]:
    """One measure in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.transcription", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["small", "medium"], choices=SIZES)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--beams", type=int, default=5)
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        kind, engine, *rest = asked.one
        if kind == "window":
            print(json.dumps(window_cost(engine, rest[0], asked.beams)))
        else:
            print(json.dumps(survey_cost(engine, asked.hours)))
        return
    results: dict[str, Any] = {}
    for engine in ("whisper", "faster"):
        for size in asked.sizes:
            told = measured_apart("--beams", str(asked.beams), "--one", "window", engine, size)
            results[f"{engine} {size}"] = told
            print(
                f"{engine:8} {size:9} {told['cpu_per_second']:7.3f} CPU s per s of sound, "
                f"{told['megabytes']} MB",
                flush=True,
            )
        told = measured_apart("--hours", str(asked.hours), "--one", "survey", engine)
        results[f"{engine} survey of {asked.hours} h"] = told
        print(
            f"{engine:8} survey of {asked.hours} h: {told['cpu_seconds']} CPU s, "
            f"{told['megabytes']} MB ({told['megabytes_before']} before)",
            flush=True,
        )
    print(json.dumps({"beams": asked.beams, "results": results}))


if __name__ == "__main__":
    main()
