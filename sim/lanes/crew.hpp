#pragma once
/// Patients side by side, as the kernels see them: rows of `width` numbers, one a patient. Each lane has its own time
/// and its own steps; nothing that happens in one lane can change a bit in another.

#include "sim/lanes/code.hpp"

namespace nadir::lanes {

/// Memory for one row; kernels need its alignment.
struct alignas(64) Row {
  double x[width] = {};

  double& operator[](int lane) { return x[lane]; }
  double operator[](int lane) const { return x[lane]; }
};

/// A drug solved in closed form: its central amount is steady + Σ q·e^(−λt), fed by a depot that empties with ka.
/// Rows; times count from the lane's present time.
struct Modes {
  static constexpr int most = 3;
  int modes = 0;
  bool depot = false;
  int row = 0;             ///< where the equations read it
  double* rate[most];      ///< λ [1/d]
  double* amount[most];    ///< q, the mode's part of the central amount beyond `steady`; 0 once it cannot be felt
  double* coupling[most];  ///< part of the depot that enters the mode [1/d]
  double* steady;          ///< central amount that the present infusions lead to
  double* ka;              ///< [1/d]
  double* absorbing;       ///< amount in the depot beyond its own steady amount
  double* peak;            ///< largest |steady| + Σ|q| seen
  double* depot_peak;      ///< largest |absorbing| seen
};

/// An instruction with the memory of a crew behind its operands, ready to give one Taylor coefficient after another.
struct Term {
  void (*run)(const Term&, int k) = nullptr;
  const double* a = nullptr;  ///< a constant, or coefficient 0 of a series
  const double* b = nullptr;
  const double* c = nullptr;
  double* to = nullptr;
  double* inverse = nullptr;  ///< a row for 1/x of what is divided by
};

/// How exactly to integrate; see sim/ode/tolerance.hpp.
struct Accuracy {
  double relative = 1e-7;
  const double* absolute = nullptr;  ///< by state
};

/// Highest degree of the polynomial that describes a count within a step.
inline constexpr int most_degree = order;

struct Crew {
  Accuracy accuracy;
  // by lane
  double* time;      ///< start of the step, then its end [d]
  double* begin;     ///< start of the step just made
  double* length;    ///< its length; 0: no step was made (a lane that waits, or a step that was refused)
  double* limit;     ///< the step must not pass it; at or before `time`: the lane waits
  double* proposed;  ///< step to try next; 0: choose one
  double* failed;    ///< not 0: the equations gave what is no number
  // rows
  double* values;          ///< rows × width: constants, then room for one evaluation
  double* states;          ///< states × width, at `time`
  double* series;          ///< dynamic rows × (order + 1) × width
  Term* terms;             ///< one an instruction; filled by Kernels::prepare
  double* inverses;        ///< instructions × width
  double* counts;          ///< counts × (most_degree + 1) × width: polynomials in θ = (t − begin)/length
  int degree = 0;          ///< of these
  Modes* drugs = nullptr;  ///< those that the equations read
  int drug_count = 0;
  double* work = nullptr;  ///< of the implicit method
};

/// The place of coefficient k of a row that changes in time.
inline int series_at(const Code& code, int row, int k) { return ((row - code.constants) * (order + 1) + k) * width; }

}  // namespace nadir::lanes
