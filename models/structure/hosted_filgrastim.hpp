#pragma once
/// Filgrastim under the skin of a marrow that clears it: a depot, from which the share f arrives, and a free
/// concentration.

#include <array>

#include "sim/model/component.hpp"

namespace nadir {

/// For a marrow whose states have a `depot` [ug] and a `free` [as its row says], and whose parameters have `f` [1].
template <template <class> class State, template <class> class Params>
struct HostedFilgrastim {
  static constexpr std::string_view drug = "filgrastim";
  static constexpr std::string_view amount_unit = "ug";
  static constexpr std::string_view shown = "free concentration in plasma";
  static constexpr std::array doses{dosed<&State<double>::depot>()};

  template <class T>
  static T concentration(const State<T>& x, const Params<T>&) {
    return x.free;
  }

  static Dosing<double> dosing(int, const Params<double>& p) { return {.bioavailability = p.f}; }
};

}  // namespace nadir
