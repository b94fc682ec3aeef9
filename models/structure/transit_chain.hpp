#pragma once
/// The structure of Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140: a self-renewing pool,
/// three maturation stages, circulating cells, and feedback of the count on division. Several published models share it
/// and differ in their numbers.

#include "sim/math/elementary.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct TransitChain {
  template <class T>
  struct Params {
    T circ0, mtt, gamma;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::circ0>("10^9 cells/L", "baseline count"),
      param<&P::mtt>("h", "mean transit time through the maturation stages"),
      param<&P::gamma>("1", "strength of the feedback of the count on division", not_negative()),
  };

  template <class T>
  struct State {
    T prol, transit1, transit2, transit3, circ;
  };
  using S = State<double>;
  static constexpr std::array states{
      state<&S::prol>("10^9 cells/L", "dividing progenitors"),
      state<&S::transit1>("10^9 cells/L", "first maturation stage"),
      state<&S::transit2>("10^9 cells/L", "second maturation stage"),
      state<&S::transit3>("10^9 cells/L", "third maturation stage"),
      state<&S::circ>("10^9 cells/L", "circulating cells"),
  };

  template <class T>
  static State<T> rest(const Params<T>& p) {
    return {p.circ0, p.circ0, p.circ0, p.circ0, p.circ0};
  }

  template <class T>
  static State<T> rhs(const State<T>& x, const Params<T>& p, const Ports<T>& port) {
    const T ktr = T(4.0) / p.mtt;
    const T feedback = pow(p.circ0 / x.circ, p.gamma);
    return {
        .prol = ktr * x.prol * ((T(1.0) - port.suppression) * feedback - T(1.0)),
        .transit1 = ktr * (x.prol - x.transit1),
        .transit2 = ktr * (x.transit1 - x.transit2),
        .transit3 = ktr * (x.transit2 - x.transit3),
        .circ = ktr * (x.transit3 - x.circ),
    };
  }

  template <class T>
  static T count(const State<T>& x, const Params<T>&) {
    return x.circ;
  }
};

}  // namespace nadir
