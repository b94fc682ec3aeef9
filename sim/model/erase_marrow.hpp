#pragma once
/// A marrow header as the engine sees it.

#include "sim/model/erase_hosted.hpp"

namespace nadir {

namespace erase_detail {

/// Rates of change; `inputs` as in MarrowModel::rhs.
template <class M, class T>
State<M, T> marrow_rhs(const T* x, const T* p, const Ports<T>& ports, const T* inputs) {
  using S = State<M, T>;
  if constexpr (hosts_drugs<M>) {
    return M::rhs(as<S>(x), as<Params<M, T>>(p), ports, inputs != nullptr ? as<S>(inputs) : S{});
  } else {
    static_cast<void>(inputs);
    return M::rhs(as<S>(x), as<Params<M, T>>(p), ports);
  }
}

template <class M, class T>
T marrow_count(const T* x, const T* p) {
  return M::count(as<State<M, T>>(x), as<Params<M, T>>(p));
}

template <class M, class T>
std::array<T, M::states.size()> marrow_rates(const T* x, const T* p, const Ports<T>& ports) {
  std::array<T, M::states.size()> rates;
  store(marrow_rhs<M, T>(x, p, ports, nullptr), rates.data());
  return rates;
}

template <class M>
void marrow_jacobian(const double* x, const double* p, const Ports<double>& ports, double* matrix) {
  constexpr std::size_t n = M::states.size();
  std::array<Dual, n> states;
  std::array<Dual, M::params.size()> params;
  for (std::size_t i = 0; i < params.size(); ++i) params[i] = p[i];
  for (std::size_t column = 0; column < n; ++column) {
    for (std::size_t i = 0; i < n; ++i) states[i] = Dual(x[i], i == column ? 1.0 : 0.0);
    const auto rates = marrow_rates<M, Dual>(states.data(), params.data(), {ports.suppression});
    for (std::size_t row = 0; row < n; ++row) matrix[row * n + column] = rates[row].slope;
  }
}

template <class M>
std::vector<std::string> marrow_units() {
  return units([](std::vector<std::string>& problems) {
    const auto params = quantities(M::params), states = quantities(M::states);
    const auto rates = marrow_rates<M, Quantity>(states.data(), params.data(), {Quantity(0.5)});
    for (std::size_t i = 0; i < rates.size(); ++i)
      compare(problems, M::states[i].name, rates[i], per_day(M::states[i].parsed.dimension));
    std::array<Quantity, M::states.size()> rest;
    store(M::rest(as<Params<M, Quantity>>(params.data())), rest.data());
    for (std::size_t i = 0; i < rest.size(); ++i)
      compare(problems, M::states[i].name, rest[i], M::states[i].parsed.dimension);
    compare(problems, M::signal.name,
            M::count(as<State<M, Quantity>>(states.data()), as<Params<M, Quantity>>(params.data())),
            unit_of(M::signal.unit).dimension);
    each_drug_of<M>([&]<class Drug>(std::type_identity<Drug>) {
      check_hosted_units<M, Drug>(problems, states.data(), params.data());
    });
  });
}

/// One line a state; `suppression` stands for the drug effect.
template <class M>
std::vector<std::string> marrow_rate_lines(const Tex& suppression) {
  const auto params = symbols(M::params), states = symbols(M::states);
  const auto rates = marrow_rates<M, Tex>(states.data(), params.data(), {suppression});
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rates.size(); ++i)
    lines.push_back("\\frac{d\\," + states[i].text + "}{dt} = " + rates[i].text);
  return lines;
}

template <class M>
std::vector<std::string> marrow_equations() {
  auto lines = marrow_rate_lines<M>(symbol("E"));
  const auto params = symbols(M::params), states = symbols(M::states);
  each_drug_of<M>([&]<class Drug>(std::type_identity<Drug>) {
    lines.push_back(hosted_equation<M, Drug>(states.data(), params.data()));
  });
  return lines;
}

}  // namespace erase_detail

template <class M>
MarrowModel erase_marrow(std::string_view id) {
  using namespace erase_detail;
  MarrowModel model;
  describe<M>(model, id, Kind::marrow);
  model.states.assign(M::states.begin(), M::states.end());
  model.lineage = M::lineage;
  model.signal = M::signal;
  model.rest = [](const double* p, double* x) { store(M::rest(as<Params<M, double>>(p)), x); };
  model.rhs = [](const double* x, const double* p, const Ports<double>& ports, const double* inputs, double* rates) {
    store(marrow_rhs<M, double>(x, p, ports, inputs), rates);
  };
  model.recorded.rhs = [](const Recorded* x, const Recorded* p, const Ports<Recorded>& ports, const Recorded* inputs,
                          Recorded* rates) { store(marrow_rhs<M, Recorded>(x, p, ports, inputs), rates); };
  model.count = marrow_count<M, double>;
  model.recorded.count = marrow_count<M, Recorded>;
  model.jacobian = marrow_jacobian<M>;
  model.honours_suppression = [] { return marrow_rate_lines<M>(symbol("E")) != marrow_rate_lines<M>(Tex{}); };
  each_drug_of<M>([&]<class Drug>(std::type_identity<Drug>) { model.drugs.push_back(erase_hosted<M, Drug>(model)); });
  model.unit_problems = marrow_units<M>;
  model.equations = marrow_equations<M>;
  return model;
}

}  // namespace nadir
