"""The project's own row, its coders and its research questions."""

from __future__ import annotations

from kodebok.domain.ids import new_id, now
from kodebok.domain.project import Project, Question, User
from kodebok.errors import DamagedProjectError
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

_ = translator("storage")


def load_project(store: Store) -> Project:
    """The project.

    Raises:
        DamagedProjectError: The file was made, but the project never was.
    """
    found = load_all(store, Project, "project")
    if not found:
        raise DamagedProjectError(
            _("making the project was broken off, and the file kodebok.db is empty"),
            _("delete the file and run 'kodebok init' again"),
            "K217",
        )
    return found[0]


def add_project(act: Act, project: Project) -> None:
    """Write the project's row, once."""
    act.insert("project", to_row(project, created=project.created or now()))


def change_project(act: Act, project_id: str, **values: str) -> None:
    """Change the title, language, method, case word or notice."""
    act.update("project", project_id, **values)


def load_users(store: Store) -> list[User]:
    """All coders, by name."""
    return load_all(store, User, "users", "ORDER BY name")


def find_user(store: Store, name: str) -> User | None:
    """The coder of that name (or id), or None."""
    found = load_all(store, User, "users", "WHERE name = ? OR id = ?", [name, name])
    return found[0] if found else None


def add_user(act: Act, name: str, role: str = "") -> User:
    """A new coder."""
    user = User(new_id(), name, role)
    insert_user(act, user)
    return user


def insert_user(act: Act, user: User) -> None:
    """Write a coder's row."""
    act.insert("users", to_row(user))


def change_user(act: Act, user_id: str, **values: str) -> bool:
    """Change a coder's name or role; False when they were so."""
    return act.update("users", user_id, **values)


def first_user(store: Store) -> User:
    """The coder who made the project."""
    return load_all(store, User, "users", "ORDER BY rowid LIMIT 1")[0]


def load_questions(store: Store) -> list[Question]:
    """Research questions in their order."""
    return load_all(store, Question, "questions", "ORDER BY position")


def add_question(act: Act, text: str, position: int) -> Question:
    """A new research question."""
    question = Question(new_id(), text, position)
    act.insert("questions", to_row(question))
    return question


def change_question(act: Act, question_id: str, text: str) -> bool:
    """Write a research question anew; False when it was so."""
    return act.update("questions", question_id, text=text)


def remove_question(act: Act, question_id: str) -> None:
    """Remove a research question."""
    act.delete("questions", question_id)
