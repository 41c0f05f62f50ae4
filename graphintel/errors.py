"""Everything that can go wrong, as one tree: a class carries its exit code, HTTP status and whether a retry helps."""

from __future__ import annotations

from typing import Any


class GraphIntelError(Exception):
    """Base of all refusals; the message says what, where and what to do."""

    code = "internal"
    exit_code = 2
    status = 500
    retry = False

    def __init__(self, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail

    def as_json(self) -> dict[str, Any]:
        """The one error shape of commands and HTTP."""
        return {"error": {"code": self.code, "message": self.message, "detail": self.detail}}


def status_of(code: str) -> int:
    """The HTTP status of an error that is known by its code only, such as a failed job's."""
    kinds = [GraphIntelError]
    for kind in kinds:
        if kind.code == code:
            return kind.status
        kinds.extend(kind.__subclasses__())
    return GraphIntelError.status


class InputError(GraphIntelError):
    """Wrong use or unreadable input; nothing was changed."""

    code = "bad_input"
    status = 422


class FileRefused(InputError):
    """A whole file that cannot be read; `reason` is the code of the report's `files_refused`."""

    code = "file_refused"

    def __init__(self, reason: str, message: str, **detail: Any) -> None:
        super().__init__(message, **detail)
        self.reason = reason


class RowRefused(InputError):
    """One row that cannot become a record; it goes to quarantine with `reason`."""

    code = "row_refused"

    def __init__(self, reason: str, message: str, **detail: Any) -> None:
        super().__init__(message, **detail)
        self.reason = reason


class MappingError(InputError):
    """A source's description is wrong; says the file and the key."""

    code = "bad_mapping"


class QueryError(InputError):
    """A question that cannot be asked as written: unknown, or a parameter is missing or of the wrong type."""

    code = "bad_query"


class NotFound(GraphIntelError):
    """No such thing for this reader; a hidden thing answers the same."""

    code = "not_found"
    status = 404


class Conflict(GraphIntelError):
    """The act does not fit the present state: someone else was first, or the target is not empty."""

    code = "conflict"
    status = 409


class CutNeeded(Conflict):
    """A "different" inside one thing: the detail proposes which "same" falls with it, for the analyst to confirm."""

    code = "cut_needed"


class PolicyRefused(GraphIntelError):
    """The statement or act is not allowed."""

    code = "refused"
    exit_code = 5
    status = 403


class NotAuthenticated(PolicyRefused):
    """No valid token or session came with the request."""

    code = "not_authenticated"
    status = 401


class LimitReached(GraphIntelError):
    """A named limit on time, memory, rows or hops stopped the work."""

    code = "limit"
    exit_code = 5
    status = 413


class StoreUnavailable(GraphIntelError):
    """The store cannot be reached or does not come up."""

    code = "store_unavailable"
    exit_code = 4
    status = 503
    retry = True


class WorkStopped(GraphIntelError):
    """Long work ended before it was done, with the process or the program that did it."""

    code = "stopped"
    status = 503
    retry = True


class DiskFull(GraphIntelError):
    """No room on the disk for the store, the evidence or the desk."""

    code = "disk_full"
    status = 507
