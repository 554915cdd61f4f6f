"""A player in a thread of its own, so that the screen never waits for it.

The screen gives orders and reads the last known state; both return at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError

if TYPE_CHECKING:
    from kodebok.jobs.players import Player

_PLAYING_LOOK_S, _STILL_LOOK_S = 0.05, 0.5
_END_S = 3.0

Order = Callable[["Player"], None]


@dataclass(frozen=True, slots=True)
class SoundState:
    """What a player did when it was looked at last.

    Attributes:
        orders: How many orders it had followed by then.
        error: Why it plays no longer; None while it does.
    """

    position_ms: int = 0
    is_playing: bool = False
    orders: int = 0
    error: KodebokError | None = None


class Playback:
    """One sound file, being played.

    Args:
        path: The file. What is wrong with it, or with the player, is told by `state.error`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._given = 0
        self._state = SoundState()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def state(self) -> SoundState:
        """How it was when it was looked at last."""
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether the state is one after every order given so far."""
        return self._state.orders == self._given

    def tell(self, order: Order) -> None:
        """Give an order; it is followed after those before it."""
        self._given += 1
        self._orders.put(order)

    def close(self, *, waits: bool = False) -> None:
        """Let the player end; wait a moment for it when the program is about to end too."""
        self._orders.put(None)
        if waits:
            self._thread.join(_END_S)

    def _work(self) -> None:
        from kodebok.jobs import players

        try:
            player = players.open_player(self._path)
        except KodebokError as error:
            self._state = SoundState(error=error)
            return
        try:
            self._follow_orders(player)
        except KodebokError as error:
            self._state = SoundState(error=error)
        finally:
            player.close()

    def _follow_orders(self, player: Player) -> None:
        followed = 0
        while True:
            try:
                look_s = _PLAYING_LOOK_S if self._state.is_playing else _STILL_LOOK_S
                order = self._orders.get(timeout=look_s)
            except Empty:
                pass
            else:
                if order is None:
                    return
                order(player)
                followed += 1
            self._state = SoundState(player.position_ms, player.is_playing, followed)
