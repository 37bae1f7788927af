"""A search for the smallest size that is enough, by trying."""


class Bisection:
    """FAILS is known to be too small, WORKS to be enough; sizes are multiples of STEP."""

    def __init__(self, fails, works, step):
        self._fails, self._works, self._step = fails, works, step

    @property
    def size(self):
        """Return what is to be tried next, None when it is found."""
        middle = (self._fails + self._works) // 2 // self._step * self._step
        return middle if middle > self._fails else None

    @property
    def smallest(self):
        """Return the smallest size that is known to be enough."""
        return self._works

    def note(self, worked):
        """Take into account whether the size was enough."""
        if worked:
            self._works = self.size
        else:
            self._fails = self.size
