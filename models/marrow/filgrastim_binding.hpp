#pragma once
/// Neutrophils under filgrastim that binds to their receptors: the structure of Krzyzanski et al., J Clin Pharmacol
/// 50(9S):101S (2010), doi:10.1177/0091270010376966, with binding as a process of its own instead of in equilibrium.
/// The drug is cleared by the cells that it makes, so the marrow holds its kinetics.

#include <array>

#include "models/structure/hosted_filgrastim.hpp"
#include "sim/math/elementary.hpp"
#include "sim/model/component.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct FilgrastimBinding {
  static constexpr std::string_view title = "Neutrophils and filgrastim with explicit receptor binding";
  static constexpr std::string_view source =
      "structure: Krzyzanski et al., J Clin Pharmacol 50(9S):101S (2010), doi:10.1177/0091270010376966; values: those "
      "of its DDMORE file, with a rate of unbinding of our own";
  static constexpr std::string_view note =
      "calibrated, not published: the values of a numerical benchmark for stiff solvers. Production ratchets up under "
      "repeated doses, as in its source: for single doses and one or two weeks, not for courses of chemotherapy. No "
      "other drug's effect was estimated with it.";
  static constexpr std::string_view lineage = "neutrophil";
  static constexpr SignalRow signal{"anc", "10^9 cells/L", "absolute neutrophil count", "751-8"};

  template <class T>
  struct Params {
    T ka, f, kel, vd, c0, koff, kd, kint, ksi, nb0, kmt, ktt, sc1, sm1, sm2;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::ka>("1/h", "absorption rate constant"),
      param<&P::f>("1", "share of a dose that arrives", not_negative()),
      param<&P::kel>("1/h", "elimination rate constant of free drug"),
      param<&P::vd>("L", "volume of distribution"),
      param<&P::c0>("ng/mL", "free concentration of the body's own G-CSF at rest"),
      param<&P::koff>("1/h", "rate constant of unbinding"),
      param<&P::kd>("ng/mL", "concentration that binds half the receptors"),
      param<&P::kint>("1/h", "rate constant at which bound drug is taken up"),
      param<&P::ksi>("ug/10^9/cells", "drug that the receptors of a cell can bind"),
      param<&P::nb0>("10^9 cells/L", "baseline count"),
      param<&P::kmt>("1/h", "rate constant at which blood neutrophils leave"),
      param<&P::ktt>("1/h", "rate constant of a maturation stage at rest"),
      param<&P::sc1>("ng/mL", "free concentration of half the largest effect"),
      param<&P::sm1>("1", "largest effect on division", not_negative()),
      param<&P::sm2>("1", "largest effect on maturation", not_negative()),
  };

  static constexpr std::size_t stages = 9;
  template <class T>
  struct State {
    T depot, free, bound;
    std::array<T, stages> stage;
    T blood;
  };
  using S = State<double>;
  static constexpr std::array states = joined(
      std::array{state<&S::depot>("ug", "drug at the place of injection"),
                 state<&S::free>("ng/mL", "free drug in plasma"), state<&S::bound>("ng/mL", "drug bound to receptors")},
      chain<&S::stage, stages>("10^9 cells/L", "maturation stage"),
      std::array{state<&S::blood>("10^9 cells/L", "neutrophils in blood")});

  /// Effect of free drug on division and maturation.
  template <class T>
  static T stimulation(const T& largest, const T& free, const Params<T>& p) {
    return T(1.0) + largest * free / (p.sc1 + free);
  }

  /// The healthy balance: cells of a maturation stage, their production, bound drug and the body's own G-CSF.
  template <class T>
  struct Balance {
    T stage, division, bound, production;
  };
  template <class T>
  static Balance<T> balance(const Params<T>& p) {
    const T division = p.kmt * p.nb0 / stimulation(p.sm1, p.c0, p);
    const T stage = p.kmt * p.nb0 / (p.ktt * stimulation(p.sm2, p.c0, p));
    const T kon = p.koff / p.kd;
    const T receptors = p.ksi * (T(static_cast<double>(stages)) * stage + p.nb0);
    const T bound = kon * p.c0 * receptors / (kon * p.c0 + p.koff + p.kint);
    return {stage, division, bound, (p.kel * p.c0 + p.kint * bound) * p.vd};
  }

  template <class T>
  static State<T> rest(const Params<T>& p) {
    const Balance<T> healthy = balance(p);
    State<T> x{.depot = T{}, .free = p.c0, .bound = healthy.bound, .stage = {}, .blood = p.nb0};
    x.stage.fill(healthy.stage);
    return x;
  }

  /// `input`: infusion rate into each state.
  template <class T>
  static State<T> rhs(const State<T>& x, const Params<T>& p, const Ports<T>&, const State<T>& input) {
    const Balance<T> healthy = balance(p);
    const T maturation = p.ktt * stimulation(p.sm2, x.free, p);
    const T cells = total(x);
    const T binding = p.koff / p.kd * x.free * (p.ksi * cells - x.bound) - p.koff * x.bound;
    State<T> d;
    d.depot = input.depot - p.ka * x.depot;
    d.free = (p.ka * x.depot + healthy.production) / p.vd - p.kel * x.free - binding;
    d.bound = binding - p.kint * x.bound;
    d.stage[0] =
        healthy.division * stimulation(p.sm1, x.free, p) * x.stage[0] / healthy.stage - maturation * x.stage[0];
    for (std::size_t i = 1; i < stages; ++i) d.stage[i] = maturation * (x.stage[i - 1] - x.stage[i]);
    d.blood = maturation * x.stage[stages - 1] - p.kmt * x.blood;
    return d;
  }

  template <class T>
  static T total(const State<T>& x) {
    T cells = x.blood;
    for (const T& stage : x.stage) cells = cells + stage;
    return cells;
  }

  template <class T>
  static T count(const State<T>& x, const Params<T>&) {
    return x.blood;
  }

  using Drugs = HostedDrugs<HostedFilgrastim<State, Params>>;

  static constexpr std::array sets{
      ParameterSet<15>{"benchmark",
                       "DDMORE file of Krzyzanski 2010; spreads between patients: those of the paper's final values; "
                       "koff: 10 1/h, calibrated, not published",
                       {{{0.642},
                         {0.626},
                         {0.148, omega2(0.194)},
                         {2.56, omega2(0.138)},
                         {0.0246},
                         {10},
                         {1.27},
                         {0.101},
                         {0.211, omega2(0.0587)},
                         {1.65, omega2(0.109)},
                         {0.0723},
                         {0.0102},
                         {3.21, omega2(0.764)},
                         {34.3},
                         {32.3}}}},
  };
};

}  // namespace nadir
