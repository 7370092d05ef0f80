"""Draws of the uncertain inputs: scrambled Sobol points, and noise that belongs to a draw by its number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.sequence import sobol_points
from sluicegate.terms.parameter import Parameter

BESIDE = 1
"""Parts the seed of inputs sampled beside the others; the next group has the next number."""


@dataclass(frozen=True)
class Draws:
    """D samples of every parameter, and the seed that gives each draw its own noise.

    Draw number d is the same whatever the number of draws, so common random numbers hold between
    runs that share a seed and a list of parameters.

    Parameters
    ----------
    values : (D,) samples by parameter
    numbers : (D,) the number of each draw, which gives it its noise; 0 to D - 1 where None
    """

    parameters: Mapping[str, Parameter]
    values: Mapping[str, Floats]
    seed: int
    size: int
    numbers: Ints | None = None

    def __getitem__(self, name: str) -> Floats:
        """(D,) samples of a parameter."""
        return self.values[name]

    @cached_property
    def ranks(self) -> tuple[list[str], Floats]:
        """Names (V) and standardised ranks (V, D) of the parameters that vary."""
        varying = {name: standard_ranks(v) for name, v in self.values.items() if np.ptp(v) > 0}
        return list(varying), np.array(list(varying.values())).reshape(len(varying), self.size)

    @property
    def numbered(self) -> Ints:
        """(D,) number of each draw."""
        return np.arange(self.size) if self.numbers is None else self.numbers

    def part(self, draws: slice) -> Draws:
        """Some of the draws, each as it is among all."""
        numbers = self.numbered[draws]
        values = {name: v[draws] for name, v in self.values.items()}
        return Draws(self.parameters, values, self.seed, len(numbers), numbers)

    def noise(self, stream: str, weeks: int) -> Floats:
        """(W, D) standard normals of a named stream; draw d's column depends on seed, stream and d alone."""
        return np.stack([own.standard_normal(weeks) for own in self._generators(stream)], axis=1)

    def chance(self, stream: str, weeks: int) -> Floats:
        """(W, D) uniforms of a named stream, as `noise`."""
        return np.stack([own.random(weeks) for own in self._generators(stream)], axis=1)

    def _generators(self, stream: str) -> Iterator[np.random.Generator]:
        """Each draw's generator of a named stream: `default_rng([seed, *stream, d])`.

        Its seed is laid out once, in words of 32 bits, which takes a quarter of the time of a list for each.
        """
        head = np.concatenate([_words(self.seed), np.frombuffer(stream.encode(), np.uint8)]).astype(np.uint32)
        for d in self.numbered:
            seed = np.random.SeedSequence(np.append(head, _words(int(d))))
            yield np.random.Generator(np.random.PCG64(seed))

    def apart(self, parameter: Parameter) -> Floats:
        """(D,) samples of a parameter that is none of the run's own inputs.

        They depend on the seed, the name and the draw's number alone. A second Sobol sample of the same seed would hang
        together with the run's, since scrambling keeps what points of one dimension have in common.
        """
        return parameter.quantile(self.chance(parameter.name, 1)[0])


def _words(number: int) -> NDArray[np.uint32]:
    """A number in words of 32 bits, the lowest first, as `numpy.random.SeedSequence` takes it apart."""
    return np.array([number >> s & 0xFFFFFFFF for s in range(0, max(number.bit_length(), 1), 32)], dtype=np.uint32)


def standard_ranks(values: Floats) -> Floats:
    """(D,) ranks with mean 0 and standard deviation 1; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks = (last - (count - 1) / 2)[place]
    return np.asarray((ranks - ranks.mean()) / ranks.std())


def sample(parameters: Iterable[Parameter], *, size: int, seed: int, beside: Sequence[Collection[str]] = ()) -> Draws:
    """Scrambled Sobol sample (Owen 1998) of independent parameters, one dimension each in name order.

    Parameters
    ----------
    beside : groups of names, each sampled by a sequence of its own, so that the points of all others do not depend on
        them

    Raises
    ------
    ValueError : two parameters share a name.
    """
    ordered = sorted(parameters, key=lambda p: p.name)
    names = [p.name for p in ordered]
    if len(set(names)) != len(names):
        raise ValueError(f"two parameters share a name: {sorted(n for n in names if names.count(n) > 1)}")
    values: dict[str, Floats] = {}
    apart = {name for group in beside for name in group}
    groups: list[tuple[list[Parameter], int | tuple[int, int]]] = [([p for p in ordered if p.name not in apart], seed)]
    groups += [([p for p in ordered if p.name in group], (seed, BESIDE + k)) for k, group in enumerate(beside)]
    for own, key in groups:
        points = _sobol(len(own), size, np.random.default_rng(key)) if own else np.zeros((size, 0))
        values |= {p.name: p.quantile(points[:, j]) for j, p in enumerate(own)}
    return Draws({p.name: p for p in ordered}, {name: values[name] for name in names}, seed, size)


def _sobol(dimensions: int, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
    power = max(int(np.ceil(np.log2(size))), 0)
    points = sobol_points(dimensions, power, rng)[:size]
    return np.asarray(np.clip(points, 1e-6, 1 - 1e-6))
