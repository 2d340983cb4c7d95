"""Rows by column, as the generators hand them on."""

from collections.abc import Mapping, Sequence

import numpy as np

#: The cells of one column; None is null.
Cells = Sequence[object] | np.ndarray

#: Cells by column name; all columns of a block have the same length.
Columns = dict[str, Cells]

#: One row by column name; None is null.
Row = Mapping[str, object]
