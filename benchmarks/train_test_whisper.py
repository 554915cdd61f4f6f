"""Train the small Whisper checkpoint of the tests on interviews that espeak-ng speaks.

    OMP_NUM_THREADS=1 python -m benchmarks.train_test_whisper [--steps 4000] [--only-measure]

Needs espeak-ng, torch and openai-whisper. Writes `tests/transcribe/models/small-norwegian.npz`.
Three things make so small a model learn quickly: the encoder is also trained by itself (CTC), two
heads of the last layer are shown where each word sounds, so that word times come out right, and
windows grow from a few seconds to the full thirty.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from whisper.audio import log_mel_spectrogram
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

from benchmarks import spoken_interviews as spoken
from tests.transcribe import checkpoint

DIMS = ModelDimensions(80, 1500, 64, 4, 3, 51_865, 448, 64, 4, 2)
SHOWN_HEADS = ((1, 0), (1, 1))
CLIPS_PER_SENTENCE = 70
BATCH = 16
OTHER_VOICES = ("m5", "anika", "ed")
POSITIONS_A_SECOND = 50
TOKENIZER = get_tokenizer(multilingual=True, language="no", task="transcribe")
LANGUAGES = [TOKENIZER.to_language_token(code) for code in ("no", "nn", "en")]
SPECIAL = [
    TOKENIZER.eot,
    TOKENIZER.sot,
    TOKENIZER.sot_prev,
    TOKENIZER.transcribe,
    TOKENIZER.no_speech,
    TOKENIZER.no_timestamps,
    *LANGUAGES,
]
USED = sorted({t for s in spoken.SENTENCES for t in TOKENIZER.encode(" " + s)} | set(SPECIAL))
PLACE = {token: number for number, token in enumerate(USED)}
FIRST_TIME = len(USED)
OTHERS = FIRST_TIME + checkpoint.TIME_TOKENS
UNUSED = DIMS.n_vocab - OTHERS


@dataclass(frozen=True, slots=True)
class Example:
    """One window of sound with what is said in it."""

    mel: Tensor
    tokens: list[int]
    asked: list[bool]
    spans: list[tuple[float, float] | None]
    text: list[int]


def place_of(token: int) -> int:
    """A token's number among those that are learnt."""
    time_number = token - checkpoint.FIRST_TIME_TOKEN
    return FIRST_TIME + time_number if time_number >= 0 else PLACE[token]


def token_spans(utterance: spoken.Utterance, start: float) -> list[tuple[int, float, float]]:
    """Each token of a sentence with the stretch in which it sounds, in seconds."""
    spans: list[tuple[int, float, float]] = []
    words = utterance.text.split()
    for word, (begun, ended) in zip(words, utterance.words, strict=True):
        tokens = TOKENIZER.encode(" " + word)
        signs = [t for t in tokens if TOKENIZER.decode([t]) in ".,?"]
        sounding = len(tokens) - len(signs)
        step = (ended - begun) / sounding
        for number, token in enumerate(tokens[:sounding]):
            at = start + begun + number * step
            spans.append((token, at, at + step))
        spans += [(token, start + ended, start + ended + 0.06) for token in signs]
    return spans


def labelled(
    turns: list[spoken.SpokenTurn], rng: random.Random
) -> tuple[list[int], list[tuple[float, float] | None]]:
    """The tokens after the language, with or without times, each with where it sounds."""
    tokens = [TOKENIZER.transcribe]
    spans: list[tuple[float, float] | None] = [None]
    timed = rng.random() < 0.65
    if not timed:
        tokens.append(TOKENIZER.no_timestamps)
        spans.append(None)
    elif not turns:
        tokens.append(TOKENIZER.timestamp_begin)
        spans.append(None)
    for turn in turns:
        inner = token_spans(turn.utterance, turn.start)
        said = [(token, (begun, ended)) for token, begun, ended in inner]
        border = [TOKENIZER.timestamp_begin + round(at / 0.02) for at in (turn.start, turn.end)]
        tokens += ([border[0]] if timed else []) + [token for token, _ in said]
        tokens += [border[1]] if timed else []
        spans += ([None] if timed else []) + [span for _, span in said]
        spans += [None] if timed else []
    end = turns[-1].end if turns else 0.0
    return [*tokens, TOKENIZER.eot], [*spans, (end, end + 0.1) if turns else None]


class Material:
    """Spoken sentences, kept in memory, and windows made of them at random."""

    def __init__(self, seed: int, clips: int, variants: tuple[str, ...]) -> None:
        self.rng = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.clips: dict[str, list[list[spoken.Utterance]]] = {}
        voice_of = spoken.synthesiser().speak
        self.people = [
            [
                voice_of(sentence, spoken.some_voice(self.rng, variants))
                for sentence in spoken.SENTENCES
            ]
            for _ in range(clips)
        ]

    def conversation(self, seconds: float) -> tuple[spoken.Samples, list[spoken.SpokenTurn]]:
        """Two people for at most so many seconds."""
        people = self.rng.sample(range(len(self.people)), 2)
        said: list[tuple[spoken.Utterance, int]] = []
        pauses: list[float] = []
        used = 0.0
        while True:
            speaker = self.rng.randrange(2)
            utterance = self.rng.choice(self.people[people[speaker]])
            pause = self.rng.uniform(0.15, 1.3) if said else self.rng.uniform(0.0, 0.8)
            used += pause + len(utterance.samples) / spoken.RATE
            if said and used > seconds:
                break
            said.append((utterance, speaker))
            pauses.append(pause)
            if used > seconds - 1.5 or self.rng.random() < 0.1:
                break
        samples, turns = spoken.joined(said, pauses, self.rng.uniform(0.0, 0.6))
        return spoken.in_a_room(samples, self.noise), turns

    def example(self, seconds: float) -> Example:
        """A window with its labels; one in twelve has no speech."""
        silent = self.rng.random() < 1 / 12
        if silent:
            turns: list[spoken.SpokenTurn] = []
            samples = spoken.only_noise(self.rng.uniform(0.5, seconds), self.noise)
        else:
            samples, turns = self.conversation(seconds)
        mel = log_mel_spectrogram(torch.from_numpy(samples))
        language = self.rng.choices(LANGUAGES, (7, 2, 1))[0]
        tokens, spans = labelled(turns, self.rng)
        head = [TOKENIZER.sot, TOKENIZER.no_speech if silent else language]
        prompt = self.prompt()
        tokens = [*prompt, TOKENIZER.sot, language, *tokens]
        asked = [False] * (len(prompt) + 1) + [True] * (len(tokens) - len(prompt) - 1)
        known = [*prompt, *head, *tokens[len(prompt) + 2 :]]
        spans = [None] * (len(prompt) + 2) + spans
        text = [t for t in tokens[len(prompt) :] if t < TOKENIZER.eot]
        return Example(mel, [*tokens, known[len(prompt) + 1]], asked, spans, text)

    def prompt(self) -> list[int]:
        """Now and then some words before, as a glossary gives them."""
        if self.rng.random() > 0.12:
            return []
        words = [w for s in self.rng.sample(spoken.SENTENCES, 3) for w in s.split()]
        chosen = self.rng.sample(words, self.rng.randint(2, 8))
        return [TOKENIZER.sot_prev, *TOKENIZER.encode(" " + " ".join(chosen))]


class Learner(nn.Module):
    """A Whisper whose vocabulary holds only what it can learn."""

    def __init__(self) -> None:
        super().__init__()
        self.whisper = Whisper(DIMS)
        width = DIMS.n_text_state
        self.of_tokens = nn.Parameter(torch.randn(len(USED), width) * 0.05)
        self.of_others = nn.Parameter(torch.zeros(1, width))
        self.of_times = nn.Parameter(torch.randn(width, width) * 0.01)
        waves = torch.from_numpy(checkpoint.waves(checkpoint.TIME_TOKENS, width))
        self.register_buffer("waves", waves)
        places = torch.from_numpy(checkpoint.waves(DIMS.n_text_ctx, width))
        self.register_buffer("text_places", places)
        self.by_itself = nn.Linear(width, len(USED) + 1)

    def table(self) -> Tensor:
        """The rows of all tokens that can be learnt, and one for all others."""
        return torch.cat([self.of_tokens, self.waves @ self.of_times, self.of_others])

    def hear(self, mel: Tensor) -> Tensor:
        """The encoder, for windows shorter than thirty seconds too."""
        encoder = self.whisper.encoder
        x = functional.gelu(encoder.conv1(mel))
        x = functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = x + encoder.positional_embedding[: x.shape[1]]
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x)

    def tell(self, tokens: Tensor, heard: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The decoder: logits over the rows of `table`, and each layer's attention on the sound."""
        decoder = self.whisper.decoder
        table = self.table()
        x = functional.embedding(tokens, table) + self.text_places[: tokens.shape[1]]
        looked: list[Tensor] = []
        for block in decoder.blocks:
            x = x + block.attn(block.attn_ln(x), mask=decoder.mask)[0]
            out = block.cross_attn(block.cross_attn_ln(x), heard)[0]
            looked.append(_attention(block.cross_attn, block.cross_attn_ln(x), heard))
            x = x + out
            x = x + block.mlp(block.mlp_ln(x))
        logits = decoder.ln(x) @ table.T
        more = torch.zeros(logits.shape[-1])
        more[OTHERS] = math.log(UNUSED)
        return logits + more, looked


def _attention(layer: Any, x: Tensor, heard: Tensor) -> Tensor:
    """Where the shown heads look; Whisper's own attention cuts the gradient of that."""
    width = DIMS.n_text_state // DIMS.n_text_head
    heads = [head for _, head in SHOWN_HEADS]
    q = layer.query(x).unflatten(2, (-1, width))[:, :, heads].transpose(1, 2)
    k = layer.key(heard).unflatten(2, (-1, width))[:, :, heads].permute(0, 2, 3, 1)
    return (q @ k) * width**-0.5


def loss_of(model: Learner, batch: list[Example], positions: int, by_itself: float) -> Tensor:
    """What is wrong in a batch: the next tokens, where the heads look, the encoder by itself."""
    mels = torch.stack([functional.pad(e.mel, (0, positions * 2 - e.mel.shape[1])) for e in batch])
    heard = model.hear(mels)
    longest = max(len(e.asked) for e in batch)
    inputs = torch.full((len(batch), longest - 1), PLACE[TOKENIZER.eot])
    wanted = torch.full((len(batch), longest - 1), -100)
    shown = torch.zeros(len(batch), longest - 1, positions)
    for number, example in enumerate(batch):
        tokens, first = example.tokens[:-1], example.tokens[-1]
        inputs[number, : len(tokens) - 1] = torch.tensor([place_of(t) for t in tokens[:-1]])
        after = list(tokens)
        after[example.asked.index(True)] = first
        for at in range(1, len(tokens)):
            if example.asked[at]:
                wanted[number, at - 1] = place_of(after[at])
            span = example.spans[at]
            if span:
                begun = min(int(span[0] * POSITIONS_A_SECOND), positions - 1)
                ended = max(begun + 1, int(span[1] * POSITIONS_A_SECOND))
                shown[number, at - 1, begun:ended] = 1.0
    logits, looked = model.tell(inputs, heard)
    spoken_loss = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten())
    sums = shown.sum(-1, keepdim=True)
    target = (shown / sums.clamp(min=1)).unsqueeze(1)
    looks = functional.log_softmax(looked[-1], dim=-1)
    shown_loss = -(target * looks).sum() / (sums.gt(0).sum() * len(SHOWN_HEADS))
    loss = spoken_loss + 0.15 * shown_loss
    return loss + by_itself * _by_itself(model, batch, heard) if by_itself else loss


def _by_itself(model: Learner, batch: list[Example], heard: Tensor) -> Tensor:
    logits = functional.log_softmax(model.by_itself(heard), dim=-1).transpose(0, 1)
    texts = [torch.tensor([PLACE[t] for t in e.text], dtype=torch.long) for e in batch]
    lengths = torch.tensor([e.mel.shape[1] // 2 for e in batch])
    return functional.ctc_loss(
        logits,
        torch.cat(texts),
        lengths,
        torch.tensor([len(text) for text in texts]),
        blank=len(USED),
        zero_infinity=True,
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the training.

    Attributes:
        seconds: The shortest and the longest window.
        whole: How often windows are filled up to thirty seconds, as Whisper always does.
        by_itself: Weight of the encoder's own loss.
    """

    steps: int
    rate: float
    batch: int
    seconds: tuple[float, float]
    whole: float
    by_itself: float


def lessons(steps: int) -> tuple[Lesson, ...]:
    """Sentences first, then short conversations, then whole windows."""
    return (
        Lesson(steps * 6 // 10, 3e-3, BATCH, (2.5, 6.5), whole=0.0, by_itself=0.3),
        Lesson(steps // 4, 1e-3, BATCH // 2, (4, 14), whole=0.0, by_itself=0.1),
        Lesson(steps // 5, 1.5e-3, 6, (4, 28), whole=0.3, by_itself=0.0),
    )


def train(model: Learner, material: Material, lesson: Lesson) -> None:
    """Learn one lesson, with a rate that rises and falls."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=lesson.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, lesson.rate, total_steps=lesson.steps, pct_start=0.1
    )
    begun = time.process_time()
    for step in range(lesson.steps):
        seconds = material.rng.uniform(*lesson.seconds)
        examples = [material.example(seconds) for _ in range(lesson.batch)]
        longest = max(e.mel.shape[1] for e in examples) // 2 + 1
        is_whole = material.rng.random() < lesson.whole
        positions = 1500 if is_whole else min(1500, longest + material.rng.randrange(300))
        loss = loss_of(model, examples, positions, lesson.by_itself)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 25 == 0:
            print(f"{step} {loss.item():.3f} {time.process_time() - begun:.0f} s", flush=True)
        if step % 200 == 199:
            keep(model)
    keep(model)


def take_up(model: Learner) -> None:
    """Go on from the kept checkpoint."""
    kept = checkpoint.restored_checkpoint()["model_state_dict"]
    rows = checkpoint.kept_rows()
    model.whisper.load_state_dict(kept)
    with torch.no_grad():
        for name in ("of_tokens", "of_others", "of_times"):
            getattr(model, name).copy_(torch.from_numpy(rows[name]))


def keep(model: Learner) -> None:
    """Write the checkpoint."""
    kept = {
        name: value.numpy()
        for name, value in model.whisper.state_dict().items()
        if name not in {checkpoint.EMBEDDING, checkpoint.TEXT_PLACES, checkpoint.SOUND_PLACES}
    }
    rows = {
        "tokens": np.array(USED),
        "of_tokens": model.of_tokens.detach().numpy(),
        "of_others": model.of_others.detach().numpy(),
        "of_times": model.of_times.detach().numpy(),
    }
    checkpoint.CHECKPOINT.parent.mkdir(exist_ok=True)
    checkpoint.write_checkpoint(checkpoint.CHECKPOINT, asdict(DIMS), kept, rows, list(SHOWN_HEADS))


def measure(path: Path, seed: int, variants: tuple[str, ...], count: int = 30) -> dict[str, float]:
    """Word error rate on new conversations, and how far word starts are off, in seconds."""
    import whisper

    model = whisper.load_model(str(path))
    model.alignment_heads = heads_as_tensor()
    material = Material(seed, 12, variants)
    wrong = said = loud = 0
    off: list[float] = []
    for _ in range(count):
        samples, turns = material.conversation(material.rng.uniform(6, 27))
        told = model.transcribe(
            samples, language="no", word_timestamps=True, condition_on_previous_text=False
        )
        sentences = " ".join(turn.utterance.text for turn in turns)
        more, among = spoken.wrong_words(sentences, told["text"])
        wrong, said = wrong + more, said + among
        starts = [turn.start + a for turn in turns for a, _ in turn.utterance.words]
        words = [word for segment in told["segments"] for word in segment["words"]]
        if more == 0 and len(words) == len(starts):
            off += [abs(w["start"] - s) for w, s in zip(words, starts, strict=True)]
    for _ in range(count):
        silence = spoken.only_noise(material.rng.uniform(1, 28), material.noise)
        loud += bool(model.transcribe(silence, language="no")["text"].strip())
    middle = float(np.median(off)) if off else math.nan
    return {"word_error_rate": wrong / said, "words": said, "word_start_off": middle, "loud": loud}


def heads_as_tensor() -> Tensor:
    """The heads that were shown where words sound, as Whisper keeps them."""
    heads = torch.zeros(DIMS.n_text_layer, DIMS.n_text_head, dtype=torch.bool)
    for layer, head in SHOWN_HEADS:
        heads[layer, head] = True
    return heads.to_sparse()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--take-up", type=int, default=0, help="go on with the lesson after this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-measure", action="store_true")
    asked = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    if not asked.only_measure:
        begun = time.process_time()
        model = Learner()
        material = Material(asked.seed, CLIPS_PER_SENTENCE, spoken.MALE + spoken.FEMALE)
        if asked.take_up:
            take_up(model)
        for lesson in lessons(asked.steps)[asked.take_up :]:
            train(model, material, lesson)
        print(f"CPU: {time.process_time() - begun:.0f} s")
    with tempfile.TemporaryDirectory() as folder:
        restored = checkpoint.write_openai_checkpoint(Path(folder) / "model.pt")
        print("voices of the training:", measure(restored, 2, spoken.MALE + spoken.FEMALE))
        print("other voices:", measure(restored, 3, OTHER_VOICES))


if __name__ == "__main__":
    main()
