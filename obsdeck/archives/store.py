"""All archives of this server, from every source, and the user's changes to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from obsdeck.archives import sources
from obsdeck.archives.addition import changed_definition, new_definition
from obsdeck.archives.archive import NEW_ARCHIVE, Archive, owner_key
from obsdeck.archives.user import UserFile
from obsdeck.errors import ObsdeckError


class ArchiveStore:
    """Archive definitions with their precedence: administrator, shipped, package, user.

    Parameters
    ----------
    user_file
        Where the user's own are kept, or None if users may not add any.
    administrator
        Definitions from the configuration; one with the id of another replaces it.
    sandbox_origin
        Gives the sandbox's origin, or None while there is no sandbox.
    sandbox_storage
        Gives the origin that its signed addresses lead to.
    sandbox_systems
        Whether the sandbox also shows the archives with accounts that it plays.
    """

    def __init__(
        self,
        user_file: UserFile | None,
        administrator: Iterable[object] = (),
        sandbox_origin: Callable[[], str | None] = lambda: None,
        *,
        sandbox_storage: Callable[[], str | None] = lambda: None,
        sandbox_systems: bool = False,
    ) -> None:
        self._user_file = user_file
        self._sandbox_origin = sandbox_origin
        self._sandbox_storage = sandbox_storage
        self._problems: list[str] = []
        self._sandbox_systems = sandbox_systems
        self._sandbox: list[Archive] = []
        self._fixed = self._load_fixed(list(administrator))

    def all(self) -> list[Archive]:
        """Return every archive in the order of menus."""
        found = [*self._own(), *self._users([])]
        return sorted(found, key=lambda archive: (archive.definition["rank"], archive.name))

    def get(self, archive_id: str) -> Archive:
        """Return one archive; the reserved id `new` stands for an address not yet added.

        Raises
        ------
        ObsdeckError
            `not-found`.
        """
        if archive_id == NEW_ARCHIVE.id:
            return NEW_ARCHIVE
        for archive in self._own():
            if archive.id == archive_id:
                return archive
        for archive in self._users([]):
            if archive.id == archive_id:
                return archive
        raise ObsdeckError(
            "not-found",
            f"There is no archive “{archive_id}” here.",
            hint="Choose one from the list, or add it.",
            status=404,
            archive=archive_id,
        )

    def problems(self) -> list[str]:
        """Return sentences on definitions that could not be used."""
        found: list[str] = []
        self._users(found)
        notice = self._user_file.notice if self._user_file else None
        return [*self._problems, *found, *([notice] if notice else [])]

    def add(self, body: Mapping[str, Any]) -> Archive:
        """Store an archive of the user's own.

        Raises
        ------
        ObsdeckError
            See `new_definition`; `forbidden` if users may not add any.
        """
        user_file, stored = self._changeable()
        taken = {str(entry.get("id")) for entry in stored if isinstance(entry, dict)}
        definition = new_definition(body, self._own(), {*taken, *(a.id for a in self._own())})
        self._write(user_file, [*stored, definition])
        return Archive(definition, "user")

    def change(self, archive_id: str, body: Mapping[str, Any]) -> Archive:
        """Change how one signs in to an archive of the user's own.

        Raises
        ------
        ObsdeckError
            See `changed_definition`; `forbidden` for archives of others, `not-found` for
            unknown ones.
        """
        user_file, stored = self._changeable()
        place = self._place(stored, archive_id, "changed")
        definition = changed_definition(stored[place], body, self._own())
        self._write(user_file, [*stored[:place], definition, *stored[place + 1 :]])
        return Archive(definition, "user")

    def remove(self, archive_id: str) -> None:
        """Remove an archive of the user's own.

        Raises
        ------
        ObsdeckError
            `forbidden` for archives of others, `not-found` for unknown ones.
        """
        user_file, stored = self._changeable()
        place = self._place(stored, archive_id, "removed")
        self._write(user_file, [*stored[:place], *stored[place + 1 :]])

    def _place(self, stored: list[Any], archive_id: str, verb: str) -> int:
        """Return where the user's file holds an archive."""
        for place, entry in enumerate(stored):
            if isinstance(entry, dict) and entry.get("id") == archive_id:
                return place
        archive = self.get(archive_id)
        raise ObsdeckError(
            "forbidden",
            f"{archive.name} cannot be {verb}: it was not added by you.",
            status=403,
            archive=archive_id,
        )

    def _load_fixed(self, administrator: list[object]) -> list[Archive]:
        by_id: dict[str, Archive] = {}
        package = sources.checked(sources.from_packages(self._problems), "package", self._problems)
        shipped = sources.checked(sources.shipped(), "shipped", self._problems)
        configured = sources.checked(administrator, "administrator", self._problems)
        for archive in (*package, *shipped, *configured):
            by_id[archive.id] = archive
        played = [archive for archive in by_id.values() if sources.of_sandbox(archive)]
        self._sandbox = [
            archive
            for archive in played
            if archive.id == sources.SANDBOX_ID or self._sandbox_systems
        ]
        return [archive for archive in by_id.values() if archive not in played]

    def _own(self) -> list[Archive]:
        """Return the archives that are not the user's."""
        origin = self._sandbox_origin()
        if origin is None:
            return self._fixed
        storage = self._sandbox_storage()
        played = [sources.sandbox_at(one.definition, origin, storage) for one in self._sandbox]
        return [*played, *self._fixed]

    def _users(self, problems: list[str]) -> list[Archive]:
        """Return the user's archives that do not collide with others."""
        if self._user_file is None:
            return []
        try:
            stored = self._user_file.read()
        except OSError as error:
            problems.append(f"Your own archives cannot be read: {error}.")
            return []
        others = {owner_key(t): other.name for other in self._own() for t in other.targets}
        usable = []
        for archive in sources.checked(stored, "user", problems):
            owner = next((others[k] for k in map(owner_key, archive.targets) if k in others), None)
            if owner is None:
                usable.append(archive)
            else:
                problems.append(f"Your archive “{archive.name}” is not used: {owner} covers it.")
        return usable

    def _changeable(self) -> tuple[UserFile, list[Any]]:
        """Return the user's file and what is in it, for a change."""
        if self._user_file is None:
            raise ObsdeckError(
                "forbidden",
                "The administrator of this server does not allow archives of your own.",
                status=403,
            )
        try:
            return self._user_file, self._user_file.read()
        except OSError as error:
            raise _not_stored(error) from error

    @staticmethod
    def _write(user_file: UserFile, archives: list[Any]) -> None:
        try:
            user_file.write(archives)
        except OSError as error:
            raise _not_stored(error) from error


def _not_stored(error: OSError) -> ObsdeckError:
    return ObsdeckError(
        "unavailable",
        f"Your archives could not be stored: {error.strerror}.",
        hint="Check the free space and the rights of Jupyter's data folder.",
        status=500,
    )
