#pragma once
/// Granulopoiesis and G-CSF of Craig, Humphries and Mackey, Bull Math Biol 78:2304 (2016), arXiv:1512.06896, as
/// ordinary differential equations: each delay of the paper is a chain of equal stages with the same mean and the same
/// gain or loss, so that the rest state is the paper's. The chain is a variant with spread delays, not the same model:
/// the more stages, the nearer. Cells clear G-CSF, so filgrastim is part of it; Zalypsis is, because the paper fitted
/// it with its kinetics.

#include <array>

#include "models/structure/hosted_filgrastim.hpp"
#include "sim/math/elementary.hpp"
#include "sim/model/component.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

/// Stages of the stem cells' cycle, of proliferation and of maturation.
template <std::size_t Cycling, std::size_t Dividing, std::size_t Maturing>
struct CraigChain {
  static constexpr std::string_view lineage = "neutrophil";
  static constexpr SignalRow signal{"anc", "10^9 cells/L", "absolute neutrophil count", "751-8"};

  template <class T>
  struct Params {
    T fq, theta2, s2, kdelta, kappa, gamma_s, tau_s;                // stem cells
    T tau_np, a_nm, gamma_nm, eta_min, b_np, v_max, b_v;            // proliferation, maturation
    T phi, phi_max, b_g, gamma_nr, gamma_n, reserve0, anc_factor;   // reserve and blood
    T g0, k_ren, k_int, k12, k21, power, g_unit, receptors;         // G-CSF
    T ka, f, vd;                                                    // filgrastim under the skin
    T k12c, k21c, k13c, k31c, k24c, k42c, kel, vc, h_q, ec50, s_c;  // Zalypsis
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::fq>("1/d", "largest rate at which stem cells enter the cycle"),
      param<&P::theta2>("10^6 cells/kg", "stem cells at half that rate"),
      param<&P::s2>("1", "steepness of that rate"),
      param<&P::kdelta>("1/d", "rate of differentiation into other lineages", not_negative()),
      param<&P::kappa>("1/d", "rate of differentiation into neutrophils"),
      param<&P::gamma_s>("1/d", "death rate in the cycle", not_negative()),
      param<&P::tau_s>("d", "length of the cycle"),
      param<&P::tau_np>("d", "time of proliferation"),
      param<&P::a_nm>("d", "time of maturation at rest"),
      param<&P::gamma_nm>("1/d", "death rate in maturation", not_negative()),
      param<&P::eta_min>("1/d", "lowest rate of proliferation"),
      param<&P::b_np>("ng/mL", "G-CSF that moves the rate of proliferation"),
      param<&P::v_max>("1", "largest speed of maturation, 1 at rest"),
      param<&P::b_v>("ng/mL", "G-CSF that moves the speed of maturation"),
      param<&P::phi>("1/d", "rate of release from the reserve at rest"),
      param<&P::phi_max>("1/d", "largest rate of release"),
      param<&P::b_g>("1", "bound share of the receptors that moves the release"),
      param<&P::gamma_nr>("1/d", "death rate in the reserve", not_negative()),
      param<&P::gamma_n>("1/d", "rate at which blood neutrophils leave"),
      param<&P::reserve0>("10^9 cells/kg", "marrow reserve at rest"),
      param<&P::anc_factor>("kg/L", "count per blood neutrophils of a kg"),
      param<&P::g0>("ng/mL", "free G-CSF at rest"),
      param<&P::k_ren>("1/d", "elimination rate constant of free G-CSF"),
      param<&P::k_int>("1/d", "rate constant at which bound G-CSF is taken up"),
      param<&P::k12>("1/d", "rate constant of binding at g_unit"),
      param<&P::k21>("1/d", "rate constant of unbinding"),
      param<&P::power>("1", "power of the concentration with which binding grows"),
      param<&P::g_unit>("ng/mL", "concentration to which k12 refers"),
      param<&P::receptors>("ug kg/L/10^9/cells", "G-CSF that the cells of the reserve and of the blood can bind"),
      param<&P::ka>("1/d", "absorption rate constant of filgrastim"),
      param<&P::f>("1", "share of filgrastim that arrives", not_negative()),
      param<&P::vd>("mL", "volume of distribution of filgrastim"),
      param<&P::k12c>("1/d", "Zalypsis, plasma to fast tissue"),
      param<&P::k21c>("1/d", "Zalypsis, fast tissue to plasma"),
      param<&P::k13c>("1/d", "Zalypsis, plasma to first slow tissue"),
      param<&P::k31c>("1/d", "Zalypsis, first slow tissue to plasma"),
      param<&P::k24c>("1/d", "Zalypsis, fast to second slow tissue"),
      param<&P::k42c>("1/d", "Zalypsis, second slow to fast tissue"),
      param<&P::kel>("1/d", "elimination rate constant of Zalypsis"),
      param<&P::vc>("L", "plasma volume of Zalypsis"),
      param<&P::h_q>("mL/ng/d", "death of cycling stem cells per Zalypsis", not_negative()),
      param<&P::ec50>("ng/mL", "Zalypsis that halves proliferation"),
      param<&P::s_c>("1", "steepness of that effect"),
  };

  /// From what is upstream to what is downstream.
  template <class T>
  struct State {
    T plasma, fast, slow1, slow2, depot, stem;
    std::array<T, Cycling> cycling;
    std::array<T, Dividing> dividing;
    std::array<T, Maturing> maturing;
    T reserve, blood, free, bound;
  };
  using S = State<double>;
  static constexpr std::array states =
      joined(std::array{state<&S::plasma>("ug", "Zalypsis in plasma"), state<&S::fast>("ug", "Zalypsis in fast tissue"),
                        state<&S::slow1>("ug", "Zalypsis in the first slow tissue"),
                        state<&S::slow2>("ug", "Zalypsis in the second slow tissue"),
                        state<&S::depot>("ug", "filgrastim under the skin"),
                        state<&S::stem>("10^6 cells/kg", "resting stem cells")},
             chain<&S::cycling, Cycling>("10^6 cells/kg", "stage of the stem cells' cycle"),
             chain<&S::dividing, Dividing>("10^9 cells/kg", "stage of proliferation"),
             chain<&S::maturing, Maturing>("10^9 cells/kg", "stage of maturation"),
             std::array{state<&S::reserve>("10^9 cells/kg", "marrow reserve"),
                        state<&S::blood>("10^9 cells/kg", "neutrophils in blood"),
                        state<&S::free>("ng/mL", "free G-CSF"), state<&S::bound>("ng/mL", "bound G-CSF")});

  static constexpr double cycling_stages = Cycling, dividing_stages = Dividing, maturing_stages = Maturing;

  template <class T>
  static T entry(const T& stem, const Params<T>& p) {
    return p.fq / (T(1.0) + pow(stem / p.theta2, p.s2));
  }

  /// Death rate in each stage of the cycle without drug: the stages together lose what the paper's delay loses.
  template <class T>
  static T cycle_loss(const Params<T>& p) {
    return T(cycling_stages) / p.tau_s * (exp(p.gamma_s * p.tau_s / T(cycling_stages)) - T(1.0));
  }

  /// What a proliferation rate η of the paper is in a stage of rate r: the stages together gain what the delay gains.
  template <class T>
  static T stage_gain(const T& eta, const T& r) {
    return r * (T(1.0) - exp(T(0.0) - eta / r));
  }

  template <class T>
  static T stage_death(const Params<T>& p) {
    return T(maturing_stages) / p.a_nm * (exp(p.gamma_nm * p.a_nm / T(maturing_stages)) - T(1.0));
  }

  template <class T>
  static T bound_share(const T& bound, const T& cells, const Params<T>& p) {
    return bound / (p.receptors * cells);
  }

  /// The balance at rest.
  template <class T>
  struct Balance {
    T stem, blood, bound, eta, production;
  };
  template <class T>
  static Balance<T> balance(const Params<T>& p) {
    const T returned = T(2.0) * exp(T(0.0) - p.gamma_s * p.tau_s);
    const T beta = (p.kappa + p.kdelta) / (returned - T(1.0));
    const T stem = p.theta2 * pow(p.fq / beta - T(1.0), T(1.0) / p.s2);
    const T blood = p.phi * p.reserve0 / p.gamma_n;
    // The rate of proliferation that fills the reserve; the paper rounds it to 1.6647 1/d.
    const T gain = (p.gamma_nr + p.phi) * p.reserve0 / (p.kappa * stem);
    const T eta = (log(gain) + p.gamma_nm * p.a_nm) / p.tau_np;
    const T binding = p.k12 * pow(p.g0 / p.g_unit, p.power);
    const T bound = binding * p.receptors * (p.reserve0 + blood) / (p.k_int + p.k21 + binding);
    return {stem, blood, bound, eta, p.k_ren * p.g0 + p.k_int * bound};
  }

  template <class T>
  static State<T> rest(const Params<T>& p) {
    const Balance<T> healthy = balance(p);
    State<T> x{};
    x.stem = healthy.stem;
    const T turn = T(cycling_stages) / p.tau_s;
    T flow = entry(x.stem, p) * x.stem;
    for (T& stage : x.cycling) {
      stage = flow / (turn + cycle_loss(p));
      flow = turn * stage;
    }
    const T divide = T(dividing_stages) / p.tau_np;
    flow = p.kappa * x.stem;
    for (T& stage : x.dividing) {
      stage = flow / (divide - stage_gain(healthy.eta, divide));
      flow = divide * stage;
    }
    const T mature = T(maturing_stages) / p.a_nm;
    for (T& stage : x.maturing) {
      stage = flow / (mature + stage_death(p));
      flow = mature * stage;
    }
    x.reserve = p.reserve0;
    x.blood = healthy.blood;
    x.free = p.g0;
    x.bound = healthy.bound;
    return x;
  }

  /// How far Zalypsis divides the rate of proliferation down: (C/EC50)^s, which has no slope at C = 0 for s < 1; the
  /// power is taken a little beside it, with an error below 1e-8.
  template <class T>
  static T inhibition(const T& concentration, const Params<T>& p) {
    const T beside(1e-9);
    return pow(concentration / p.ec50 + beside, p.s_c) - pow(beside, p.s_c);
  }

  /// `input`: infusion rate into each state.
  template <class T>
  static State<T> rhs(const State<T>& x, const Params<T>& p, const Ports<T>&, const State<T>& input) {
    State<T> d;
    zalypsis(x, p, input, d);
    const Balance<T> healthy = balance(p);
    const T drug = x.plasma / p.vc, excess = x.free - p.g0;
    stem_cells(x, p, drug, d);
    const T slope = (healthy.eta - p.eta_min) * p.b_np / p.g0;
    const T eta = (healthy.eta + slope * excess / (x.free + p.b_np)) / (T(1.0) + inhibition(drug, p));
    const T speed = T(1.0) + (p.v_max - T(1.0)) * excess / (excess + p.b_v);
    const T matured = marrow(x, p, eta, speed, d);

    const T cells = x.reserve + x.blood;
    const T above = bound_share(x.bound, cells, p) - bound_share(healthy.bound, p.reserve0 + healthy.blood, p);
    const T release = p.phi + (p.phi_max - p.phi) * above / (above + p.b_g);
    d.reserve = matured - (p.gamma_nr + release) * x.reserve;
    d.blood = release * x.reserve - p.gamma_n * x.blood;

    const T binding = p.k12 * (p.receptors * cells - x.bound) * pow(x.free / p.g_unit, p.power);
    d.depot = input.depot - p.ka * x.depot;
    d.free = healthy.production + p.ka * x.depot / p.vd - p.k_ren * x.free - binding + p.k21 * x.bound;
    d.bound = binding - (p.k_int + p.k21) * x.bound;
    return d;
  }

  template <class T>
  static void zalypsis(const State<T>& x, const Params<T>& p, const State<T>& input, State<T>& d) {
    d.plasma = input.plasma + p.k21c * x.fast + p.k31c * x.slow1 - (p.k12c + p.k13c + p.kel) * x.plasma;
    d.fast = p.k12c * x.plasma + p.k42c * x.slow2 - (p.k21c + p.k24c) * x.fast;
    d.slow1 = p.k13c * x.plasma - p.k31c * x.slow1;
    d.slow2 = p.k24c * x.fast - p.k42c * x.slow2;
  }

  template <class T>
  static void stem_cells(const State<T>& x, const Params<T>& p, const T& drug, State<T>& d) {
    const T turn = T(cycling_stages) / p.tau_s, loss = cycle_loss(p) + p.h_q * drug;
    T flow = entry(x.stem, p) * x.stem;
    d.stem = T(2.0) * turn * x.cycling[Cycling - 1] - flow - (p.kappa + p.kdelta) * x.stem;
    for (std::size_t i = 0; i < Cycling; ++i) {
      d.cycling[i] = flow - (turn + loss) * x.cycling[i];
      flow = turn * x.cycling[i];
    }
  }

  /// Proliferation and maturation; returns the flow into the reserve.
  template <class T>
  static T marrow(const State<T>& x, const Params<T>& p, const T& eta, const T& speed, State<T>& d) {
    const T divide = T(dividing_stages) / p.tau_np, gain = stage_gain(eta, divide);
    T flow = p.kappa * x.stem;
    for (std::size_t i = 0; i < Dividing; ++i) {
      d.dividing[i] = flow + (gain - divide) * x.dividing[i];
      flow = divide * x.dividing[i];
    }
    const T mature = T(maturing_stages) / p.a_nm * speed, death = stage_death(p);
    for (std::size_t i = 0; i < Maturing; ++i) {
      d.maturing[i] = flow - (mature + death) * x.maturing[i];
      flow = mature * x.maturing[i];
    }
    return flow;
  }

  template <class T>
  static T count(const State<T>& x, const Params<T>& p) {
    return p.anc_factor * x.blood;
  }

  struct Zalypsis {
    static constexpr std::string_view drug = "zalypsis";
    static constexpr std::string_view amount_unit = "ug";
    static constexpr std::array doses{dosed<&S::plasma>()};

    template <class T>
    static T concentration(const State<T>& x, const Params<T>& p) {
      return x.plasma / p.vc;
    }
  };
  using Drugs = HostedDrugs<HostedFilgrastim<State, Params>, Zalypsis>;

  /// Absorption rate constant, share that arrives and volume of filgrastim, which the paper fitted to each dose.
  static constexpr std::array<SetValue, 43> values(double ka, double f, double vd) {
    return {{{8},         {0.0809},  {2},         {0.0146},    {0.0073325}, {0.1},     {2.8},      // fq … tau_s
             {7.3074},    {3.9},     {0.1577},    {1.4060},    {0.022868},  {7.8670},  {0.24611},  // tau_np … b_v
             {0.3640},    {4.1335},  {1.8924e-4}, {0.0063661}, {2.1875},    {2.26},    {8.19},     // phi … anc_factor
             {0.025},     {0.16139}, {462.42},    {2.2423},    {184.87},    {1.4608},  {1},
             {0.525},                       // g0 … receptors
             {ka},        {f},       {vd},  // filgrastim
             {90.2752},   {18.2222}, {8.2936},    {0.6990},    {9.2296},    {62.5607}, {132.0734},
             {32.7},  // k12c … vc
             {0.0079657}, {0.75390}, {0.89816}}};
  }
  static constexpr std::array sets{
      ParameterSet<43>{"filgrastim_300", "parameters of the paper; filgrastim 300 ug", values(8.0236, 0.64466, 4754.7)},
      ParameterSet<43>{"filgrastim_375", "parameters of the paper; filgrastim 375 ug", values(6.6133, 0.49964, 2322.9)},
      ParameterSet<43>{"filgrastim_750", "parameters of the paper; filgrastim 750 ug", values(5.143, 0.75, 2178.0)},
  };
};

}  // namespace nadir
