"""A number for every draw of a block as one numba value, so that a step reads as if there were one draw.

`Lanes` wraps an LLVM vector of 128 bytes: 16 draws in double precision, 32 in single. LLVM splits it into
whatever registers the machine has. A plain loop over draws leaves the choice to the auto-vectoriser, which
gives up on aliasing; measured in `docs/explanation/kernel.md`.

Arrays hold rows of one block: C-contiguous, the last axis as long as `width(dtype)`; `load(array, row)` and
`store(array, row, lanes)` count rows over all leading axes. Operators act draw by draw; comparisons give a
`Mask` for `where`, `either`, `both` and `anywhere`. No operation mixes draws but `anywhere`, which only says
whether work can be skipped. Multiplications and additions may be fused; nothing is reassociated, so bits do
not depend on how draws are cut into blocks.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core.datamodel import models
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, register_model

BYTES = 128
"""Bytes of one value: two of the widest registers there are."""
FUSE = ("contract",)


def width(dtype: Any) -> int:
    """Draws in one value of a floating-point type: 16 doubles or 32 singles."""
    return BYTES // int(np.dtype(dtype).itemsize)


class LanesType(types.Type):  # type: ignore[misc]
    """Numba's type of one number a draw; `element` is float64 or float32."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.count = BYTES * 8 // element.bitwidth
        super().__init__(name=f"Lanes({element})")


class MaskType(types.Type):  # type: ignore[misc]
    """Numba's type of one truth value a draw."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(name=f"Mask({count})")


def _vector(element: Any, count: int) -> ir.VectorType:
    return ir.VectorType(ir.DoubleType() if element == types.float64 else ir.FloatType(), count)


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: LanesType) -> None:
        super().__init__(manager, kind, _vector(kind.element, kind.count))


@register_model(MaskType)
class _MaskModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: MaskType) -> None:
        super().__init__(manager, kind, ir.VectorType(ir.IntType(1), kind.count))


def _constant(kind: LanesType, number: float) -> ir.Constant:
    return ir.Constant(_vector(kind.element, kind.count), [number] * kind.count)


def _spread(builder: Any, scalar: Any, count: int) -> Any:
    """One scalar in every lane."""
    kind = ir.VectorType(scalar.type, count)
    first = builder.insert_element(ir.Constant(kind, ir.Undefined), scalar, ir.IntType(32)(0))
    return builder.shuffle_vector(
        first, ir.Constant(kind, ir.Undefined), ir.VectorType(ir.IntType(32), count)([0] * count)
    )


def _lanes(context: Any, builder: Any, value: Any, given: Any, kind: LanesType) -> Any:
    """A value as lanes: itself, or a scalar cast and spread."""
    if isinstance(given, LanesType):
        return value
    return _spread(builder, context.cast(builder, value, given, kind.element), kind.count)


def _row(context: Any, builder: Any, array_type: Any, array: Any, row: Any, row_type: Any, kind: LanesType) -> Any:
    """Pointer to a row of a contiguous array."""
    data = context.make_array(array_type)(context, builder, array).data
    index = context.cast(builder, row, row_type, types.intp)
    at = builder.gep(data, [builder.mul(index, ir.IntType(64)(kind.count))])
    return builder.bitcast(at, _vector(kind.element, kind.count).as_pointer())


@intrinsic
def load(typing: Any, array: Any, row: Any) -> Any:  # noqa: ARG001
    """The lanes of a row of an array."""
    kind = LanesType(array.dtype)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        loaded = builder.load(_row(context, builder, signature.args[0], args[0], args[1], signature.args[1], kind))
        loaded.align = kind.element.bitwidth // 8
        return loaded

    return kind(array, row), build


@intrinsic
def store(typing: Any, array: Any, row: Any, lanes: Any) -> Any:  # noqa: ARG001
    """Write lanes to a row of an array of the same type."""
    kind = LanesType(array.dtype)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _row(context, builder, signature.args[0], args[0], args[1], signature.args[1], kind)
        stored = builder.store(_lanes(context, builder, args[2], signature.args[2], kind), at)
        stored.align = kind.element.bitwidth // 8
        return context.get_dummy_value()

    return types.void(array, row, lanes), build


@intrinsic
def each(typing: Any, array: Any, place: Any, like: Any) -> Any:  # noqa: ARG001
    """One number of a contiguous array in every lane, of the type of another array's rows, which is the number's.

    The place counts over all axes and is not below zero: no check of it stands between two operations.
    """
    kind = LanesType(like.dtype)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        number = builder.load(builder.gep(data, [context.cast(builder, args[1], signature.args[1], types.intp)]))
        return _spread(builder, number, kind.count)

    return kind(array, place, like), build


@intrinsic
def alike(typing: Any, lanes: Any, scalar: Any) -> Any:  # noqa: ARG001
    """A scalar in every lane, of the same type as some lanes."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _lanes(context, builder, args[1], signature.args[1], lanes)

    return lanes(lanes, scalar), build


@intrinsic
def filled(typing: Any, array: Any, scalar: Any) -> Any:  # noqa: ARG001
    """A scalar in every lane, of the type of an array's rows."""
    kind = LanesType(array.dtype)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _lanes(context, builder, args[1], signature.args[1], kind)

    return kind(array, scalar), build


def _kind(a: Any, b: Any) -> LanesType | None:
    """The lanes type of a pair in which one is lanes and the other lanes or a number."""
    if isinstance(a, LanesType) and (a == b or isinstance(b, types.Number)):
        return a
    return b if isinstance(b, LanesType) and isinstance(a, types.Number) else None


def _pairwise(make: Callable[[Any, Any, Any], Any], result: Callable[[LanesType], Any]) -> Any:
    """An intrinsic of two values, lanes or numbers, whose LLVM is `make(builder, a, b)`."""

    @intrinsic
    def pair(typing: Any, a: Any, b: Any) -> Any:  # noqa: ARG001
        kind = _kind(a, b)
        if kind is None:
            return None

        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            left, right = (_lanes(context, builder, v, t, kind) for v, t in zip(args, signature.args, strict=True))
            return make(builder, left, right)

        return result(kind)(a, b), build

    return pair


def _operator(symbol: Any, make: Callable[[Any, Any, Any], Any], result: Callable[[LanesType], Any]) -> None:
    """Teach numba an operator on lanes, typed and lowered at once: inlining an overload compiles ten times longer."""

    class _Typed(AbstractTemplate):  # type: ignore[misc]
        def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
            kind = _kind(*args) if len(args) == 2 else None
            return None if kind is None else signature(result(kind), *args)

    def build(context: Any, builder: Any, typed: Any, args: Any) -> Any:
        kind = _kind(*typed.args)
        assert kind is not None
        left, right = (_lanes(context, builder, v, t, kind) for v, t in zip(args, typed.args, strict=True))
        return make(builder, left, right)

    infer_global(symbol)(_Typed)
    for pair in ((LanesType, LanesType), (LanesType, types.Number), (types.Number, LanesType)):
        lower_builtin(symbol, *pair)(build)


def _same(kind: LanesType) -> LanesType:
    return kind


def _truth(kind: LanesType) -> MaskType:
    return MaskType(kind.count)


def _arithmetic(name: str) -> Callable[[Any, Any, Any], Any]:
    return lambda builder, x, y: getattr(builder, name)(x, y, flags=FUSE)


def _comparison(sign: str) -> Callable[[Any, Any, Any], Any]:
    return lambda builder, x, y: builder.fcmp_ordered(sign, x, y)


_operator(operator.add, _arithmetic("fadd"), _same)
_operator(operator.sub, _arithmetic("fsub"), _same)
_operator(operator.mul, _arithmetic("fmul"), _same)
_operator(operator.truediv, _arithmetic("fdiv"), _same)
_operator(operator.lt, _comparison("<"), _truth)
_operator(operator.le, _comparison("<="), _truth)
_operator(operator.gt, _comparison(">"), _truth)
_operator(operator.ge, _comparison(">="), _truth)

minimum = _pairwise(lambda b, x, y: b.select(b.fcmp_ordered("<", x, y), x, y), _same)
maximum = _pairwise(lambda b, x, y: b.select(b.fcmp_ordered(">", x, y), x, y), _same)


@intrinsic
def where(typing: Any, mask: Any, yes: Any, no: Any) -> Any:  # noqa: ARG001
    """`yes` in the lanes where the mask holds, `no` in the others."""
    kind = _kind(yes, no)
    if kind is None or not isinstance(mask, MaskType):
        return None

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        left, right = (_lanes(context, builder, args[i], signature.args[i], kind) for i in (1, 2))
        return builder.select(args[0], left, right)

    return kind(mask, yes, no), build


def _of_masks(make: Callable[[Any, Any, Any], Any]) -> Any:
    @intrinsic
    def pair(typing: Any, a: Any, b: Any) -> Any:  # noqa: ARG001
        return a(a, b), lambda _context, builder, _signature, args: make(builder, args[0], args[1])

    return pair


both = _of_masks(lambda b, x, y: b.and_(x, y))
either = _of_masks(lambda b, x, y: b.or_(x, y))


@intrinsic
def anywhere(typing: Any, mask: Any) -> Any:  # noqa: ARG001
    """Whether a mask holds in any lane: only to skip work that would change nothing."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        bits = builder.bitcast(args[0], ir.IntType(mask.count))
        return builder.icmp_unsigned("!=", bits, ir.IntType(mask.count)(0))

    return types.boolean(mask), build


@intrinsic
def everywhere(typing: Any, mask: Any) -> Any:  # noqa: ARG001
    """Whether a mask holds in all lanes."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        bits = ir.IntType(mask.count)
        return builder.icmp_unsigned("==", builder.bitcast(args[0], bits), bits(2**mask.count - 1))

    return types.boolean(mask), build


@intrinsic
def total(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """The sum over the lanes, halves added to halves: for arrays whose lanes are not draws."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        found, count, integer = args[0], lanes.count, ir.IntType(32)
        while count > 1:
            count //= 2
            nothing = ir.Constant(found.type, ir.Undefined)
            low, high = (ir.Constant(ir.VectorType(integer, count), [*range(k, k + count)]) for k in (0, count))
            halves = [builder.shuffle_vector(found, nothing, part) for part in (low, high)]
            found = builder.fadd(*halves)
        return builder.extract_element(found, integer(0))

    return lanes.element(lanes), build


def _integers(kind: LanesType) -> ir.VectorType:
    return ir.VectorType(ir.IntType(kind.element.bitwidth), kind.count)


def _mantissa_bits(element: Any) -> int:
    return 52 if element == types.float64 else 23


@intrinsic
def _scaled(typing: Any, lanes: Any, power: Any) -> Any:  # noqa: ARG001
    """Lanes times two to a whole power, where `power` holds that power plus 1.5 times two to the mantissa's bits."""
    integers = _integers(lanes)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        shift = integers([_mantissa_bits(lanes.element)] * lanes.count)
        step = builder.shl(builder.bitcast(args[1], integers), shift)
        return builder.bitcast(
            builder.add(builder.bitcast(args[0], integers), step), _vector(lanes.element, lanes.count)
        )

    return lanes(lanes, power), build


@intrinsic
def _exponent(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """The power e of two with lanes = m 2^e and m in [sqrt(1/2), sqrt(2)), for positive normal lanes."""
    integers, bits = _integers(lanes), _mantissa_bits(lanes.element)
    root = 0x3FE6A09E667F3BCD if bits == 52 else 0x3F3504F3

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        whole = builder.sub(builder.bitcast(args[0], integers), integers([root] * lanes.count))
        power = builder.ashr(whole, integers([bits] * lanes.count))
        return builder.sitofp(power, _vector(lanes.element, lanes.count))

    return lanes(lanes), build


@intrinsic
def _fraction(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """The m of `_exponent`."""
    integers, bits = _integers(lanes), _mantissa_bits(lanes.element)
    root = 0x3FE6A09E667F3BCD if bits == 52 else 0x3F3504F3

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        held = builder.bitcast(args[0], integers)
        power = builder.ashr(builder.sub(held, integers([root] * lanes.count)), integers([bits] * lanes.count))
        left = builder.sub(held, builder.shl(power, integers([bits] * lanes.count)))
        return builder.bitcast(left, _vector(lanes.element, lanes.count))

    return lanes(lanes), build


LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""ln 2 in two parts, the first with trailing zero bits (Cody and Waite 1980, chapter 6)."""


@intrinsic
def _round_magic(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """1.5 times two to the mantissa's bits: adding it leaves a whole number in the low bits."""
    magic = 1.5 * 2.0 ** _mantissa_bits(lanes.element)
    return lanes(lanes), lambda _context, _builder, _signature, _args: _constant(lanes, magic)


@njit(nogil=True)
def exp(x: Any) -> Any:
    """E to the lanes, within 2e-16 of it in double precision, for |x| below 700 (80 in single).

    x = n ln 2 + r with |r| <= ln 2 / 2, and the Taylor series of e^r to r^13 (Cody and Waite 1980, chapter 6).
    """
    magic = _round_magic(x)
    raised = x * LOG2_E + magic
    n = raised - magic
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    p = r * 1.6059043836821613e-10 + 2.08767569878681e-09
    p = p * r + 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.7557319223985893e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 0.0001984126984126984
    p = p * r + 0.001388888888888889
    p = p * r + 0.008333333333333333
    p = p * r + 0.041666666666666664
    p = p * r + 0.16666666666666666
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return _scaled(p, raised)


@njit(nogil=True)
def log(x: Any) -> Any:
    """Natural logarithm of positive normal lanes, within a few units in the last place.

    x = m 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh s with s = (m - 1) / (m + 1), its series to s^21.
    """
    e = _exponent(x)
    m = _fraction(x)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = z * (1.0 / 21.0) + 1.0 / 19.0
    p = p * z + 1.0 / 17.0
    p = p * z + 1.0 / 15.0
    p = p * z + 1.0 / 13.0
    p = p * z + 1.0 / 11.0
    p = p * z + 1.0 / 9.0
    p = p * z + 1.0 / 7.0
    p = p * z + 1.0 / 5.0
    p = p * z + 1.0 / 3.0
    tail = (p * z) * s
    return e * LN2_HIGH + ((s + s) + (e * LN2_LOW + (tail + tail)))


@njit(nogil=True)
def log1p(x: Any) -> Any:
    """ln(1 + x) for x above -1, without losing a small x (Goldberg 1991, theorem 4)."""
    u = x + 1.0
    gap = u - 1.0
    none = gap * gap <= 0.0
    return where(none, x, log(u) * (x / where(none, alike(x, 1.0), gap)))


@intrinsic
def put(typing: Any, array: Any, offset: Any, lanes: Any) -> Any:  # noqa: ARG001
    """Write lanes to a contiguous single-precision array from a flat element on, rounded to it, past the caches.

    The array begins on a line of the cache and the element is a multiple of the lanes: whole lines are written, which
    nothing reads soon, so that none is fetched first and none of the state is driven out.
    """
    narrow = ir.VectorType(ir.FloatType(), lanes.count)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        index = context.cast(builder, args[1], signature.args[1], types.intp)
        value = args[2] if lanes.element == types.float32 else builder.fptrunc(args[2], narrow)
        stored = builder.store(value, builder.bitcast(builder.gep(data, [index]), narrow.as_pointer()))
        stored.align = lanes.count * 4
        stored.set_metadata("nontemporal", builder.module.add_metadata([ir.IntType(32)(1)]))
        return context.get_dummy_value()

    return types.void(array, offset, lanes), build
