"""Rows by column, as the generators hand them on."""

from collections.abc import Sequence

import numpy as np

#: The cells of one column; None is null.
Cells = Sequence[object] | np.ndarray

#: Cells by column name; all columns of a block have the same length.
Columns = dict[str, Cells]
