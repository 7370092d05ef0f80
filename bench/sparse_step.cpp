// The step of sparse_step.py in C++, on vector types of the same width: the rival that is compiled ahead.
#include <cstdint>
#include <cstring>

// A row is two registers of 64 bytes: one vector of 128 makes g++ go through memory at every operation.
template <typename T>
struct Row {
    typedef T R __attribute__((vector_size(64)));
    R a, b;
    Row operator+(const Row& o) const { return {a + o.a, b + o.b}; }
    Row operator-(const Row& o) const { return {a - o.a, b - o.b}; }
    Row operator*(const Row& o) const { return {a * o.a, b * o.b}; }
    Row operator/(const Row& o) const { return {a / o.a, b / o.b}; }
    Row operator+(T k) const { return {a + k, b + k}; }
    Row operator*(T k) const { return {a * k, b * k}; }
    Row operator/(T k) const { return {a / k, b / k}; }
    friend Row operator-(T k, const Row& o) { return {k - o.a, k - o.b}; }
    friend Row operator/(T k, const Row& o) { return {k / o.a, k / o.b}; }
    void operator+=(const Row& o) { a += o.a, b += o.b; }
};

template <typename T>
struct Step {
    typedef Row<T> V;
    static inline V lesser(V x, V y) { return {x.a < y.a ? x.a : y.a, x.b < y.b ? x.b : y.b}; }
    static inline V greater(V x, V y) { return {x.a > y.a ? x.a : y.a, x.b > y.b ? x.b : y.b}; }

    static void advance(V* x, const V* drawn, const int64_t* first, const int64_t* origin, const double* weight,
                        const int64_t* held, const int64_t* back, const int64_t* slot, const double* pull,
                        const double* need, const double* final_, int64_t n, int64_t weeks) {
        V *cap = x + n, *price = x + 2 * n, *made = x + 3 * n, *sent = x + 4 * n, *cheap = x + 5 * n;
        V *stock = x + 6 * n, *want = x + 8 * n, *queue = x + 10 * n;
        const V rate = drawn[0], lost = drawn[1], zero = rate - rate;
        for (int64_t t = 0; t < weeks; ++t) {
            for (int64_t i = 0; i < n; ++i) {
                V demand = x[i];
                V aim = lesser(demand, cap[i] * (T(1) - lost));
                V fed = lesser(stock[2 * i] / T(need[2 * i]), stock[2 * i + 1] / T(need[2 * i + 1]));
                V out = lesser(aim, fed * T(1.0 / 6.0) * T(2));
                V p = price[i];
                p = greater(p + (demand / out - p) * T(0.05), zero + T(0.2));
                price[i] = p;
                made[i] = out;
                sent[i] = cheap[i] * (out / demand);
                cheap[i] = T(1) / p;
            }
            for (int64_t s = 0; s < 2 * n; ++s) {
                V came = zero, spread = zero, wanted = want[s];
                for (int64_t e = first[s]; e < first[s + 1]; ++e) {
                    const int64_t o = origin[e];
                    const T w = T(weight[e]);
                    spread += cheap[o] * w;
                    V ship = sent[o] * w;
                    if (held[e] < 0) {
                        came += ship;
                    } else {
                        V* q = queue + 3 * held[e];
                        V a = q[0], b = q[1], c = q[2];
                        q[0] = a + ship * wanted - a * rate;
                        q[1] = b + (a - b) * rate;
                        q[2] = c + (b - c) * rate;
                        came += c * rate / wanted;
                    }
                }
                V used = made[s / 2] * T(need[s]);
                V left = greater(stock[s] + came * wanted - used, zero + T(1e-9));
                stock[s] = left;
                V asked = greater(used * T(6) - left, zero) * T(0.2) + used;
                want[s] = asked / spread;
            }
            for (int64_t i = 0; i < n; ++i) {
                V total = zero;
                for (int64_t e = back[i]; e < back[i + 1]; ++e) total += want[slot[e]] * T(pull[e]);
                x[i] = total * cheap[i] + T(final_[i]);
            }
        }
    }
};

#define DOOR(NAME, T)                                                                                                \
    extern "C" void NAME(void* x, const void* d, const int64_t* a, const int64_t* b, const double* c,                \
                         const int64_t* e, const int64_t* f, const int64_t* g, const double* h, const double* i,     \
                         const double* j, int64_t n, int64_t weeks) {                                                \
        Step<T>::advance((Row<T>*)x, (const Row<T>*)d, a, b, c, e, f, g, h, i, j, n, weeks);                         \
    }
DOOR(advance64, double)
DOOR(advance32, float)
