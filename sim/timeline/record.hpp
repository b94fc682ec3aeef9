#pragma once
/// A line of a dosing history, as in a NONMEM table. Regimens of a scenario become such lines too, so that doses have
/// one meaning however they were written.

#include <cstdint>

namespace nadir {

struct DoseRecord {
  enum class Kind : std::int8_t { dose = 1, reset = 3, reset_and_dose = 4 };
  /// Special values of `rate`, as in NONMEM.
  static constexpr double modelled_rate = -1.0;
  static constexpr double modelled_duration = -2.0;

  Kind kind = Kind::dose;
  double time = 0.0;            ///< [d]
  std::size_t drug = 0;         ///< index of the drug in the assembly
  int compartment = 0;          ///< index from 0
  double amount = 0.0;          ///< [mg or umol, as the kinetics counts]
  double rate = 0.0;            ///< [amount/d]; 0: all at once; −1, −2: modelled
  double interval = 0.0;        ///< II: between repeated doses [d]
  std::int64_t additional = 0;  ///< ADDL: further doses
  int steady = 0;               ///< SS: 0 no, 1 start from the steady state, 2 add it to what is there
  /// A steady state whose lag is longer than its interval: continue the amounts backwards from the first dose that
  /// arrives, as NONMEM does (they may become negative), instead of giving the doses that are under way.
  bool extrapolate = false;
  std::size_t order = 0;  ///< line in the table: decides between events of the same time
};

}  // namespace nadir
