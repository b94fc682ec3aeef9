#pragma once
/// Several numbers in one register, by the vector types of GCC and Clang. Each kernels_*.cpp says how many
/// (NADIR_VECTOR). Everything in this folder has internal linkage; no header of the standard library is used here.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/implicit.hpp"

// Two numbers a register are what any machine has.
#ifndef NADIR_VECTOR
#define NADIR_VECTOR 2
#endif

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

using nadir::lanes::Code;
using nadir::lanes::Crew;
using nadir::lanes::Elimination;
using nadir::lanes::Implicit;
using nadir::lanes::Instruction;
using nadir::lanes::Modes;
using nadir::lanes::Op;
using nadir::lanes::order;
using nadir::lanes::Term;
using nadir::lanes::width;

typedef double Vec __attribute__((vector_size(NADIR_VECTOR * 8)));
typedef long long Int __attribute__((vector_size(NADIR_VECTOR * 8)));
typedef unsigned long long Unsigned __attribute__((vector_size(NADIR_VECTOR * 8)));

constexpr int vector_length = NADIR_VECTOR;
/// Registers that hold one row.
constexpr int chunks = nadir::lanes::width / vector_length;

#define NADIR_INLINE static inline __attribute__((always_inline))

NADIR_INLINE Vec broadcast(double x) { return x - Vec{}; }
NADIR_INLINE Vec load(const double* p) { return *reinterpret_cast<const Vec*>(p); }
NADIR_INLINE void store(double* p, Vec x) { *reinterpret_cast<Vec*>(p) = x; }
NADIR_INLINE Int bits(Vec x) { return (Int)x; }
NADIR_INLINE Vec from_bits(Int x) { return (Vec)x; }
NADIR_INLINE Vec select(Int mask, Vec yes, Vec no) { return mask ? yes : no; }
NADIR_INLINE Vec absolute(Vec x) { return from_bits(bits(x) & 0x7fffffffffffffffLL); }
NADIR_INLINE Vec larger(Vec a, Vec b) { return select(a > b, a, b); }   // b where a is not a number
NADIR_INLINE Vec smaller(Vec a, Vec b) { return select(a < b, a, b); }  // b where a is not a number

/// One bit a lane, the first lane lowest. Masks hold 0 or −1.
NADIR_INLINE unsigned lanes_of(Int mask) {
#if defined(__AVX512DQ__) && NADIR_VECTOR == 8
  return _mm512_movepi64_mask((__m512i)mask);
#elif defined(__AVX__) && NADIR_VECTOR == 4
  return (unsigned)_mm256_movemask_pd((__m256d)mask);
#elif defined(__SSE2__) && NADIR_VECTOR == 2
  return (unsigned)_mm_movemask_pd((__m128d)mask);
#else
  unsigned found = 0;
  for (int i = 0; i < vector_length; ++i) found |= mask[i] != 0 ? 1u << i : 0u;
  return found;
#endif
}
NADIR_INLINE bool any(Int mask) { return lanes_of(mask) != 0; }

/// 1/k, so that none is divided in a loop.
struct Reciprocals {
  double of[nadir::lanes::order + 2];
  constexpr Reciprocals() : of() {
    for (int k = 1; k < nadir::lanes::order + 2; ++k) of[k] = 1.0 / k;
  }
};
constexpr Reciprocals reciprocal;

/// For the first lane of each register of a row.
#define NADIR_CHUNKS(i) for (int i = 0; i < nadir::lanes::width; i += vector_length)

}  // namespace
