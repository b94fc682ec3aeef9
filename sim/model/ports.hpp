#pragma once
/// What a treatment may change in a marrow. The defaults mean "nothing".

namespace nadir {

/// The named effects on one lineage.
template <class T>
struct Ports {
  /// Drug effect E on division: the proliferation rate is multiplied by 1 − E. Effects of several drugs add; E may
  /// exceed one, then dividing cells die (Friberg 2002); it is never clipped.
  T suppression{};
};

/// What a drug's kinetics shows to its effects: plasma concentration [umol/L].
template <class T>
struct Exposure {
  T total{};    ///< bound and unbound drug
  T unbound{};  ///< free drug
};

}  // namespace nadir
