"""A figure of this build beside the committed one."""

from dataclasses import dataclass

TOLERANCE = 1.03


@dataclass(frozen=True)
class Change:
    """WHAT is NOW this large, and was so BEFORE; None: nobody knows."""

    what: str
    now: int
    before: int = None

    @property
    def compared(self):
        """Is there anything to compare with?"""
        return self.before is not None

    @property
    def worse(self):
        """Did it grow by more than the tolerance?"""
        return self.compared and self.now > self.before * TOLERANCE

    def __str__(self):
        if not self.compared:
            return f"     {self.what}: {self.now:,}, compared with nothing"
        return f"{'FAIL' if self.worse else 'ok  '} {self.what}: {self.now:,}, was {self.before:,}"
