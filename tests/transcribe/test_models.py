"""Models are taken in from whatever form they come in, are checked, and stay what they were."""

from __future__ import annotations

import json
import shutil

import pytest

from kodebok.errors import KodebokError, MissingComponentError, WrongUseError
from kodebok.transcribe.engine import Asked, load_engine
from kodebok.transcribe.model_add import add_model
from kodebok.transcribe.model_convert import openai_name
from kodebok.transcribe.models import (
    Engine,
    checked_name,
    damaged_files,
    find_model,
    install,
    installed_models,
    models_folder,
    remove_model,
)
from tests.transcribe.checkpoint import restored_checkpoint, write_openai_checkpoint
from tests.transcribe.hugging_face_folder import write_hugging_face_folder
from tests.transcribe.sounds import INTERVIEW, read_samples


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A data folder without any model."""
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def made_up(name, content=b"weights"):
    """A model of one file, for what does not listen."""

    def fill(folder):
        (folder / "model.pt").write_bytes(content)
        return {"engine": "whisper", "mels": 80, "alignment_heads": ((1, 2),)}

    return install(name, fill, "somewhere", "MIT")


def test_without_any_model_the_error_says_which_command_fetches_one(own_folder):
    with pytest.raises(MissingComponentError, match="kodebok models download"):
        find_model("")


def test_the_only_model_needs_no_name_and_several_do(own_folder):
    first = made_up("en")
    assert find_model("") == first
    made_up("to")
    with pytest.raises(WrongUseError, match=r"K910.*en, to"):
        find_model("")
    assert find_model("en") == first
    assert [model.name for model in installed_models()] == ["en", "to"]


def test_a_model_keeps_its_heads_its_source_and_its_licence(own_folder):
    made_up("en")
    model = find_model("en")
    assert model.alignment_heads == ((1, 2),)
    assert (model.source, model.licence, model.engine) == ("somewhere", "MIT", Engine.WHISPER)
    assert model.size_bytes > 7
    assert model.fingerprint.startswith("en 9")


def test_a_changed_or_missing_file_is_found(own_folder):
    model = made_up("en")
    assert damaged_files(model) == []
    model.weights_path.write_bytes(b"weighty")
    assert damaged_files(model) == ["model.pt"]
    model.weights_path.unlink()
    assert damaged_files(model) == ["model.pt"]


def test_a_model_whose_making_breaks_off_leaves_nothing(own_folder):
    def fill(folder):
        (folder / "model.pt").write_bytes(b"half")
        raise KodebokError("no more disk", "make room", "K999")

    with pytest.raises(KodebokError, match="K999"):
        install("halv", fill, "", "")
    assert not list(models_folder().iterdir())


@pytest.mark.parametrize("name", ["", "../elsewhere", ".skjult", "a/b", "æ" * 81])
def test_a_name_that_could_lead_elsewhere_is_refused(own_folder, name):
    with pytest.raises(WrongUseError, match="K912"):
        checked_name(name)


def test_a_name_is_not_taken_twice_until_the_model_is_removed(own_folder):
    model = made_up("en")
    with pytest.raises(WrongUseError, match="K913"):
        checked_name("en")
    remove_model(model)
    assert checked_name("en") == "en"
    assert installed_models() == []


def test_a_damaged_description_is_told_with_what_to_do(own_folder):
    made_up("en")
    (models_folder() / "en" / "model.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KodebokError, match="K914"):
        installed_models()


def test_nothing_there_and_no_model_at_all_are_told_apart(own_folder):
    with pytest.raises(WrongUseError, match="K915"):
        add_model(own_folder / "borte.pt")
    (own_folder / "notat.txt").write_text("hei", encoding="utf-8")
    with pytest.raises(WrongUseError, match="K916"):
        add_model(own_folder / "notat.txt")


def test_names_of_matrices_are_translated_one_by_one():
    assert openai_name("model.decoder.layers.3.encoder_attn.q_proj.bias") == (
        "decoder.blocks.3.cross_attn.query.bias"
    )
    assert openai_name("model.encoder.layers.0.final_layer_norm.weight") == (
        "encoder.blocks.0.mlp_ln.weight"
    )
    assert openai_name("model.decoder.embed_positions.weight") == "decoder.positional_embedding"
    assert openai_name("model.encoder.layer_norm.weight") == "encoder.ln_post.weight"


@pytest.mark.usefixtures("whisper_model")
class TestWithWhisper:
    """Real weights, in the form of openai-whisper."""

    @pytest.mark.parametrize("parts", [1, 2])
    def test_a_hugging_face_folder_becomes_a_model_that_hears_the_same(self, own_folder, parts):
        folder = write_hugging_face_folder(own_folder / "nb-whisper", parts)
        converted = add_model(folder, licence="Apache-2.0")
        assert converted.name == "nb-whisper"
        assert converted.alignment_heads == ((1, 0), (1, 1))
        own = add_model(write_openai_checkpoint(own_folder / "egen.pt"))
        samples = read_samples(INTERVIEW)[: 16_000 * 4]
        heard = [load_engine(model, 1).hear(samples, Asked("no")) for model in (own, converted)]
        assert [s.text for s in heard[0]] == [s.text for s in heard[1]]
        assert heard[0]

    def test_a_model_of_128_bands_is_converted_too(self, own_folder):
        folder = write_hugging_face_folder(own_folder / "stor", mels=128)
        assert add_model(folder).mels == 128

    def test_a_model_that_names_no_heads_gets_those_of_the_later_layers(self, own_folder):
        folder = write_hugging_face_folder(own_folder / "uten-hoder")
        (folder / "generation_config.json").unlink()
        assert add_model(folder).alignment_heads == tuple((1, head) for head in range(4))

    def test_the_heads_that_are_stored_are_those_that_are_used(self, whisper_model):
        engine = load_engine(whisper_model, 1)
        used = engine._model.alignment_heads.to_dense().nonzero().tolist()
        assert tuple(map(tuple, used)) == whisper_model.alignment_heads

    def test_half_a_file_is_refused(self, own_folder):
        path = write_openai_checkpoint(own_folder / "halv.pt")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(WrongUseError, match="K918"):
            add_model(path)
        assert installed_models() == []

    def test_a_file_with_other_matrices_than_its_dimensions_say_is_refused(self, own_folder):
        import torch

        checkpoint = restored_checkpoint()
        del checkpoint["model_state_dict"]["decoder.ln.bias"]
        torch.save(checkpoint, own_folder / "mangler.pt")
        with pytest.raises(WrongUseError, match="K918"):
            add_model(own_folder / "mangler.pt")

    def test_a_file_that_would_run_something_is_refused_and_does_not(self, own_folder):
        import torch

        class Evil:
            def __reduce__(self):
                return (exec, ("raise SystemExit('it ran')",))

        torch.save({"dims": Evil()}, own_folder / "ond.pt")
        with pytest.raises(WrongUseError, match="K918"):
            add_model(own_folder / "ond.pt")

    def test_a_folder_with_another_kind_of_model_is_refused(self, own_folder):
        folder = write_hugging_face_folder(own_folder / "bert")
        (folder / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
        with pytest.raises(WrongUseError, match="K919"):
            add_model(folder)

    def test_a_part_that_is_missing_is_told(self, own_folder):
        folder = write_hugging_face_folder(own_folder / "delt", 2)
        (folder / "model-00002-of-00002.safetensors").unlink()
        with pytest.raises(WrongUseError, match="K918"):
            add_model(folder)


class TestWithFaster:
    """Real weights as a CTranslate2 folder."""

    def test_a_folder_without_its_tokenizer_is_refused_since_it_would_be_fetched(
        self, faster_model, own_folder
    ):
        folder = own_folder / "ct2"
        shutil.copytree(faster_model.folder, folder)
        (folder / "tokenizer.json").unlink()
        with pytest.raises(WrongUseError, match=r"tokenizer\.json"):
            add_model(folder)

    def test_weights_that_are_no_weights_are_refused(self, faster_model, own_folder):
        folder = own_folder / "ct2"
        shutil.copytree(faster_model.folder, folder)
        (folder / "model.bin").write_bytes(b"noe annet")
        with pytest.raises(WrongUseError, match="K918"):
            add_model(folder)

    def test_only_what_the_engine_reads_is_copied(self, faster_model, own_folder):
        folder = own_folder / "ct2"
        shutil.copytree(faster_model.folder, folder)
        (folder / "README.md").write_text("hei", encoding="utf-8")
        assert set(add_model(folder).files) == set(faster_model.files)
