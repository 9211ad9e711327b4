"""The model file: arrays of whole numbers in a numpy archive, laid out so that it is read quickly.

Half of all weights are zero, and of the others one in ten thousand exceeds a byte. So a weight matrix is kept as a bit
for each weight, the weights that are not zero as bytes, and the few large ones apart; these are stored as they are, for
they hardly get smaller and to inflate them would take longer than all the rest. Everything else is deflated.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Arrays: TypeAlias = Mapping[str, NDArray[Any]]
_LARGEST = 127
_PLAIN = ("_nonzero", "_bytes")
"""Ends of the names of arrays that are stored as they are."""


def read(path: Path) -> dict[str, NDArray[Any]]:
    """All arrays by name; no pickles. Raises OSError or ValueError where the file is no such archive."""
    with np.load(path, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def write(path: Path, arrays: Arrays) -> None:
    """Writes the arrays; the same bytes for the same arrays."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy")  # dated 1980
            member.compress_type = zipfile.ZIP_STORED if name.endswith(_PLAIN) else zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as file:
                npy.write_array(file, np.ascontiguousarray(array), allow_pickle=False)


def packed_weights(name: str, weights: NDArray[np.int16]) -> dict[str, NDArray[Any]]:
    """A weight matrix (features × labels) as the arrays that `weights_of` reads."""
    flat = weights.ravel()
    kept = flat[flat != 0]
    large = np.flatnonzero(np.abs(kept.astype(np.int32)) > _LARGEST)
    return {
        f"{name}_nonzero": np.packbits(flat != 0),
        f"{name}_bytes": np.clip(kept, -_LARGEST, _LARGEST).astype(np.int8),
        f"{name}_large_at": large.astype(np.int32),
        f"{name}_large": kept[large].astype(np.int16),
    }


def weights_of(arrays: Arrays, name: str, *, features: int, labels: int) -> NDArray[np.int16]:
    """The weight matrix below a first row of zeros: (features + 1) × labels."""
    kept = arrays[f"{name}_bytes"].astype(np.int16)
    kept[arrays[f"{name}_large_at"]] = arrays[f"{name}_large"]
    weights = np.zeros((features + 1, labels), dtype=np.int16)
    nonzero = np.unpackbits(arrays[f"{name}_nonzero"], count=features * labels).view(np.bool_)
    weights[1:].reshape(-1)[nonzero] = kept
    return weights
