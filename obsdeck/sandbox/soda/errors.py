"""Why there is no cutout, in the words of the standard (SODA 1.0, 4)."""


class SodaError(Exception):
    """A request that is refused.

    Parameters
    ----------
    message
        Why.
    word
        What the answer begins with.
    """

    def __init__(self, message: str, word: str = "UsageError") -> None:
        super().__init__(message)
        self.word = word

    @property
    def text(self) -> str:
        """The whole answer."""
        return f"{self.word}: {self}\n"


class NoOverlapError(Exception):
    """Nothing of the product is within what was asked for."""


def multi_valued(message: str) -> SodaError:
    """Return the error for several values where the service takes one."""
    return SodaError(message, "MultiValuedParamNotSupported")
