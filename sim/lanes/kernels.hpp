#pragma once
/// The inner loops, compiled for several instruction sets and chosen when the program runs. Every set gives the same
/// bits.

#include <span>
#include <string_view>

#include "sim/lanes/crew.hpp"
#include "sim/lanes/implicit.hpp"

namespace nadir::lanes {

/// Polynomials within [0, 1] at first sight. Masks hold one bit a lane.
struct Outline {
  static constexpr int most_levels = 4;
  double* end;                                                           ///< row of values at 1
  double* area;                                                          ///< row of integrals up to there
  unsigned turns = 0;                                                    ///< has one turning point
  unsigned turns_more = 0;                                               ///< may have several
  unsigned falls_first = 0, falls_last = 0;                              ///< falls at 0, falls towards 1
  unsigned below_first[most_levels] = {}, below_last[most_levels] = {};  ///< lies below a level at 0, at 1
};

/// Arrays hold one number a lane, or rows of them; all are aligned to 64 bytes.
struct Kernels {
  std::string_view name;  ///< of the instruction set
  int vector = 1;         ///< numbers in one register

  /// Sets Crew::terms, once the memory stands.
  void (*prepare)(const Code&, Crew&);

  /// One step of every lane that has room before its limit. Crew says what must be set and what is found afterwards.
  void (*taylor_step)(const Code&, Crew&);
  void (*rosenbrock_step)(const Code&, Crew&, const Implicit&);

  /// Takes the drugs to the end of the step made. A mode below `cut` times its peak is no longer felt by the equations.
  void (*move_drugs)(Crew&, double cut);

  /// Runs instructions once on Crew::values.
  void (*evaluate)(const Instruction* body, int count, double* values);

  /// Σ c[k]·θ^k, and its integral from 0 to θ; `c` holds degree + 1 rows.
  void (*polynomial_at)(const double* c, int degree, const double* theta, double* out);
  void (*integral_at)(const double* c, int degree, const double* theta, double* out);
  void (*outline)(const double* c, int degree, const double* levels, int level_count, Outline&);
  /// The θ in [low, high] at which a monotone polynomial passes `level`.
  void (*solve)(const double* c, int degree, const double* level, const double* low, const double* high, double* theta);

  /// exp, log and pow of single rows: for tests.
  void (*exp)(const double* x, double* out);
  void (*log)(const double* x, double* out);
  void (*pow)(const double* x, const double* y, double* out);
};

/// All that this machine can run, the fastest first. NADIR_ISA in the environment ("base", "x86-64-v3", "x86-64-v4")
/// leaves only that one; std::invalid_argument for one that is not there.
std::span<const Kernels* const> available_kernels();

/// The fastest.
const Kernels& kernels();

}  // namespace nadir::lanes
