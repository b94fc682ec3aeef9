#pragma once
/// An effect header as the engine sees it.

#include "sim/model/erase.hpp"

namespace nadir {

namespace erase_detail {

template <class M, class T>
Ports<T> driven(const T* params, const Exposure<T>& exposure) {
  Ports<T> ports;
  M::drive(ports, exposure, as<Params<M, T>>(params));
  return ports;
}

template <class M>
std::vector<std::string> effect_units() {
  return units([](std::vector<std::string>& problems) {
    const PhysicalDimension molar = unit_of("umol/L").dimension;
    const auto params = quantities(M::params);
    const auto ports = driven<M, Quantity>(params.data(), {Quantity(1.25, molar), Quantity(1.125, molar)});
    compare(problems, "suppression", ports.suppression, {});
  });
}

template <class M>
std::vector<std::string> effect_equations() {
  const auto params = symbols(M::params);
  const Exposure<Tex> exposure{{"C", Tex::atom}, {"C_u", Tex::atom}};
  return {"E = " + driven<M, Tex>(params.data(), exposure).suppression.text};
}

}  // namespace erase_detail

template <class M>
EffectModel erase_effect(std::string_view id) {
  using namespace erase_detail;
  EffectModel model;
  describe<M>(model, id, Kind::effect);
  model.lineage = M::lineage;
  model.drive = [](Ports<double>& ports, const Exposure<double>& exposure, const double* p) {
    M::drive(ports, exposure, as<Params<M, double>>(p));
  };
  model.recorded.drive = [](Ports<Recorded>& ports, const Exposure<Recorded>& exposure, const Recorded* p) {
    M::drive(ports, exposure, as<Params<M, Recorded>>(p));
  };
  model.unit_problems = effect_units<M>;
  model.equations = effect_equations<M>;
  return model;
}

}  // namespace nadir
