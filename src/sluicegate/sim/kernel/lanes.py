"""A number for every draw of a block as one numba value, so that a step reads as if there were one draw.

`Lanes` wraps an LLVM vector of 128 bytes: 16 draws in double precision, 32 in single. LLVM splits it into
whatever registers the machine has. A plain loop over draws leaves the choice to the auto-vectoriser, which
gives up on aliasing; measured in `docs/explanation/kernel.md`.

Arrays hold rows of one block: C-contiguous, the last axis as long as `width(dtype)`; `load(array, row)` and
`store(array, row, lanes)` count rows over all leading axes. Operators act draw by draw; comparisons give a
`Mask` for `where`, `either`, `both` and `anywhere`. No operation mixes draws but `anywhere`, which only says
whether work can be skipped, and `added`, which only records. Multiplications and additions may be fused;
nothing is reassociated, so bits do not depend on how draws are cut into blocks.
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
def pick(typing: Any, array: Any, place: Any) -> Any:  # noqa: ARG001
    """One number of a contiguous array; the place counts over all axes and is not below zero, so nothing is checked."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        return builder.load(builder.gep(data, [context.cast(builder, args[1], signature.args[1], types.intp)]))

    return array.dtype(array, place), build


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
        return _halved(builder, args[0])

    return lanes.element(lanes), build


def _halved(builder: Any, found: Any) -> Any:
    """The sum of a vector's elements, halves added to halves."""
    count, integer = found.type.count, ir.IntType(32)
    while count > 1:
        count //= 2
        nothing = ir.Constant(found.type, ir.Undefined)
        low, high = (ir.Constant(ir.VectorType(integer, count), [*range(k, k + count)]) for k in (0, count))
        halves = [builder.shuffle_vector(found, nothing, part) for part in (low, high)]
        found = builder.fadd(*halves)
    return builder.extract_element(found, integer(0))


@intrinsic
def added(typing: Any, lanes: Any, count: Any) -> Any:  # noqa: ARG001
    """The sum over the first `count` lanes, or all where it is more, each rounded to single precision as `put` does it.

    Halves are added to halves in double precision, which holds sums of so many singles of like size to the last bit.
    """
    kind, integer = lanes.count, ir.IntType(64)

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        narrow, wide = (ir.VectorType(t, kind) for t in (ir.FloatType(), ir.DoubleType()))
        single = builder.fptrunc(args[0], narrow) if lanes.element == types.float64 else args[0]
        most = _spread(builder, context.cast(builder, args[1], signature.args[1], types.int64), kind)
        inside = builder.icmp_signed("<", ir.Constant(ir.VectorType(integer, kind), [*range(kind)]), most)
        return _halved(builder, builder.select(inside, builder.fpext(single, wide), ir.Constant(wide, [0.0] * kind)))

    return types.float64(lanes, count), build


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


@intrinsic
def _lowest_power(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """A power of two that is still a normal number."""
    lowest = -1000.0 if lanes.element == types.float64 else -120.0
    return lanes(lanes), lambda _context, _builder, _signature, _args: _constant(lanes, lowest)


@intrinsic
def roundoff(typing: Any, lanes: Any) -> Any:  # noqa: ARG001
    """What a share may fall short of 1 by rounding alone, 1e-13 in double precision, 1e-6 in single."""
    small = 1e-13 if lanes.element == types.float64 else 1e-6
    return lanes(lanes), lambda _context, _builder, _signature, _args: _constant(lanes, small)


def _series(double: tuple[float, ...], single: tuple[float, ...]) -> Any:
    """An intrinsic for a polynomial with other coefficients in each precision, from the constant up.

    Even and odd powers are summed apart, since each sum waits for the one before it.
    """

    @intrinsic
    def series(typing: Any, x: Any) -> Any:  # noqa: ARG001
        terms = double if x.element == types.float64 else single

        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
            z = builder.fmul(args[0], args[0])

            def of(some: tuple[float, ...]) -> Any:
                found = _constant(x, some[-1])
                for term in some[-2::-1]:
                    found = builder.fadd(builder.fmul(found, z, flags=FUSE), _constant(x, term), flags=FUSE)
                return found

            return builder.fadd(builder.fmul(of(terms[1::2]), args[0], flags=FUSE), of(terms[::2]), flags=FUSE)

        return x(x), build

    return series


_exp_tail = _series(
    (0.5000000000000013, 0.166666666666667, 0.04166666666651433, 0.00833333333330702, 0.0013888888947329477,
     0.00019841269917793365, 2.4801489592115877e-05, 2.755721592961664e-06, 2.7631413316165706e-07,
     2.5117980001617397e-08),
    (0.5000000095666378, 0.16666518307801256, 0.041666204480864846, 0.008368953436697968, 0.0013950576251368593),
)  # fmt: skip
"""(e^r - 1 - r) / r^2 for |r| <= ln 2 / 2. This and the next two are minimax polynomials (Remez's exchange in 60
digits), each of the lowest degree that leaves less than half a unit in the last place of what it is used in."""
_exp2_tail = _series(
    (0.6931471805599453, 0.24022650695910133, 0.05550410866482174, 0.009618129107593333, 0.0013333558146379056,
     0.0001540353045807819, 1.5252733867518987e-05, 1.3215434817589231e-06, 1.0178046471613735e-07,
     7.073860069301327e-09, 4.4573855489664004e-10),
    (0.6931472062497841, 0.2402265134535275, 0.055503277890104646, 0.00961800391777402, 0.0013400270391432164,
     0.00015476298102638683),
)  # fmt: skip
"""(2^r - 1) / r for |r| <= 1/2."""
_artanh_tail = _series(
    (0.33333333333333676, 0.1999999999970555, 0.14285714371630878, 0.11111099238030982, 0.09091784868132222,
     0.07656951664716434, 0.07398753486626114),
    (0.3333338836270667, 0.19988747368541376, 0.14936546384836394),
)  # fmt: skip
"""(artanh(s) / s - 1) / s^2 over s^2, for |s| <= (sqrt 2 - 1) / (sqrt 2 + 1)."""


@njit(nogil=True)
def exp(x: Any) -> Any:
    """E to the lanes, to the last place or two, for |x| below 700 (80 in single).

    x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial for e^r (Cody and Waite 1980, chapter 6).
    """
    magic = _round_magic(x)
    raised = x * LOG2_E + magic
    n = raised - magic
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    return _scaled((_exp_tail(r) * (r * r) + r) + 1.0, raised)


@njit(nogil=True)
def log(x: Any) -> Any:
    """Natural logarithm of positive normal lanes, to the last place or two.

    x = m 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh s with s = (m - 1) / (m + 1).
    """
    e = _exponent(x)
    m = _fraction(x)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    tail = (_artanh_tail(z) * z) * s
    return e * LN2_HIGH + ((s + s) + (e * LN2_LOW + (tail + tail)))


@njit(nogil=True)
def power(x: Any, y: Any) -> Any:
    """Lanes of 0 to 1 raised to a power above 0: 2 to y log2 x; exactly 1 where x is 1, at least 2^-1000 (-120)."""
    e = _exponent(x)
    m = _fraction(x)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    raised = y * ((_artanh_tail(z) * z * s + s) * (2.0 * LOG2_E) + e)
    lowest = _lowest_power(x)
    raised = where(raised > lowest, raised, lowest)
    magic = _round_magic(x)
    shifted = raised + magic
    r = raised - (shifted - magic)
    return _scaled(_exp2_tail(r) * r + 1.0, shifted)


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
