"""What stops the rig itself, as opposed to what a guest does wrong."""


class RigProblem(Exception):
    """The rig cannot do its work; the message says what is missing and what to do."""
