#pragma once
/// A model as the engine sees it: its rows, and its equations as plain functions over arrays of numbers.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

enum class Kind { marrow, kinetics, effect };
std::string_view name(Kind kind);

/// What every model states about itself.
struct ModelInfo {
  Kind kind{};
  std::string_view id;  ///< file name, TOML name, dataset prefix
  std::string_view title;
  std::string_view source;
  std::string_view note;  ///< caveats of the source; "calibrated, not published" stands here
  std::span<const ParamRow> params;
  std::vector<StateRow> states;
  std::span<const CovariateRow> covariates;
  std::vector<ParameterSetView> sets;

  /// Applies the covariates' effects to typical values. Both arrays in row order; parameters in internal units. May be
  /// null: no covariate acts.
  void (*individualise)(double* params, const double* covariates) = nullptr;

  /// Violations of dimension found by running the equations on quantities with units; empty when sound.
  std::vector<std::string> (*unit_problems)() = nullptr;

  /// The equations in LaTeX, printed from the code that runs.
  std::vector<std::string> (*equations)() = nullptr;
};

/// Haematopoiesis of one lineage: progenitors, maturation, circulating cells.
struct MarrowModel : ModelInfo {
  std::string_view lineage;  ///< "neutrophil", "leukocyte"
  SignalRow signal;          ///< the count it shows
  void (*rest)(const double* params, double* states) = nullptr;
  void (*rhs)(const double* states, const double* params, const Ports<double>& ports, double* rates) = nullptr;
  double (*count)(const double* states, const double* params) = nullptr;
  /// Row-major Jacobian of rhs by automatic differentiation.
  void (*jacobian)(const double* states, const double* params, const Ports<double>& ports, double* matrix) = nullptr;
};

/// Delay, availability and modelled infusion of doses into one compartment. Zero rate and duration: as prescribed.
template <class T>
struct Dosing {
  T lag{};                   ///< [d]
  T bioavailability = T(1);  ///< fraction that arrives
  T rate{};                  ///< [amount/d], used by RATE = −1
  T duration{};              ///< [d], used by RATE = −2
};

/// A drug's way through the body.
struct KineticsModel : ModelInfo {
  std::string_view drug;          ///< generic name; empty when any drug may use it
  std::string_view amount_unit;   ///< "mg" or "umol"
  double unbound_fraction = 1.0;  ///< share of the drug in plasma that is free
  bool measures_unbound = false;  ///< amounts and volumes refer to unbound drug
  SignalRow signal;               ///< the concentration stored with the results
  Shape shape;                    ///< compartments that take doses
  bool linear = false;            ///< solved in closed form; otherwise by `rhs`

  /// [g/mol]; 0 when not known.
  double (*molar_mass)(const double* params) = nullptr;
  Mammillary<double> (*constants)(const double* params) = nullptr;  ///< linear only
  void (*rhs)(const double* amounts, const double* params, const double* inputs, double* rates) = nullptr;
  Dosing<double> (*dosing)(int compartment, const double* params) = nullptr;
  double (*volume)(const double* params) = nullptr;  ///< of the central compartment [L]
};

/// Plasma concentration [amount/L] from the amount in the central compartment.
inline double concentration(const KineticsModel& model, double central, const double* params) {
  return central / model.volume(params);
}

/// What effects see, from the amount in the central compartment.
inline Exposure<double> exposure(const KineticsModel& model, double central, const double* params) {
  double molar = concentration(model, central, params);
  if (model.amount_unit == "mg") molar = molar * 1000.0 / model.molar_mass(params);  // mg/L over g/mol is mmol/L
  if (model.measures_unbound) return {molar / model.unbound_fraction, molar};
  return {molar, molar * model.unbound_fraction};
}

/// What a drug does to a lineage.
struct EffectModel : ModelInfo {
  std::string_view lineage;  ///< of the marrows it was estimated with
  void (*drive)(Ports<double>& ports, const Exposure<double>& exposure, const double* params) = nullptr;
};

}  // namespace nadir
