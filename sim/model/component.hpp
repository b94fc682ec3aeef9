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

struct Recorded;  // sim/model/readings/recorded.hpp

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

/// Delay, availability and modelled infusion of doses into one compartment. Zero rate and duration: as prescribed.
template <class T>
struct Dosing {
  T lag{};                   ///< [d]
  T bioavailability = T(1);  ///< fraction that arrives
  T rate{};                  ///< [amount/d], used by RATE = −1
  T duration{};              ///< [d], used by RATE = −2
};

/// A drug's way through the body: a model of its own, or a part of the marrow that hosts it, where cells and drug
/// depend on each other.
struct KineticsModel : ModelInfo {
  std::string_view drug;          ///< generic name; empty when any drug may use it
  std::string_view amount_unit;   ///< "mg", "ug" or "umol": doses, event tables and the signal count in it
  double amount_scale = 1.0;      ///< internal units (mg, umol) in one amount_unit
  double unbound_fraction = 1.0;  ///< share of the drug in plasma that is free
  bool measures_unbound = false;  ///< amounts and volumes refer to unbound drug
  SignalRow signal;               ///< the concentration stored with the results
  Shape shape;                    ///< linear only
  bool linear = false;            ///< solved in closed form; otherwise by `rhs`, or by the marrow that hosts it
  bool hosted = false;            ///< states and parameters are those of the marrow `id`

  std::vector<std::size_t> compartments;  ///< states that take doses, as event tables number them from 1
  std::size_t into = 0;                   ///< state that takes a dose of a scenario which names none
  std::size_t table_into = 0;             ///< the same for a line of an event table

  /// [g/mol]; 0 when not known.
  double (*molar_mass)(const double* params) = nullptr;
  Mammillary<double> (*constants)(const double* params) = nullptr;  ///< linear only
  /// Neither linear nor hosted only. `inputs`: infusion rates.
  void (*rhs)(const double* amounts, const double* params, const double* inputs, double* rates) = nullptr;
  Dosing<double> (*dosing)(int compartment, const double* params) = nullptr;  ///< compartment: place of the state
  double (*volume)(const double* params) = nullptr;                           ///< linear only: central volume [L]
  /// Plasma concentration [internal amount/L] from the states; not linear only.
  double (*concentration)(const double* states, const double* params) = nullptr;

  /// The same, written down instead of calculated.
  struct {
    void (*rhs)(const Recorded* amounts, const Recorded* params, const Recorded* inputs, Recorded* rates) = nullptr;
    Recorded (*molar_mass)(const Recorded* params) = nullptr;
    Recorded (*volume)(const Recorded* params) = nullptr;
    Recorded (*concentration)(const Recorded* states, const Recorded* params) = nullptr;
  } recorded;
};

/// What effects see at a plasma concentration [internal amount/L].
template <class T>
Exposure<T> exposure_at(const KineticsModel& model, const T& concentration, const T& molar_mass) {
  T molar = concentration;
  if (model.amount_unit != "umol") molar = molar * T(1000.0) / molar_mass;  // mg/L over g/mol is mmol/L
  if (model.measures_unbound) return {molar / T(model.unbound_fraction), molar};
  return {molar, molar * T(model.unbound_fraction)};
}

/// What effects see, from the amount in the central compartment of linear kinetics.
inline Exposure<double> exposure(const KineticsModel& model, double central, const double* params) {
  return exposure_at(model, central / model.volume(params), model.molar_mass(params));
}

/// Haematopoiesis of one lineage: progenitors, maturation, circulating cells.
struct MarrowModel : ModelInfo {
  std::string_view lineage;                 ///< "neutrophil", "leukocyte"
  SignalRow signal;                         ///< the count it shows
  std::vector<KineticsModel> drugs;         ///< those it hosts
  bool (*honours_suppression)() = nullptr;  ///< whether its equations contain Ports::suppression: effects can act
  void (*rest)(const double* params, double* states) = nullptr;
  /// `inputs`: infusion rates into the states; null: none. Only marrows that host drugs read them.
  void (*rhs)(const double* states, const double* params, const Ports<double>& ports, const double* inputs,
              double* rates) = nullptr;
  double (*count)(const double* states, const double* params) = nullptr;
  /// Row-major Jacobian of rhs by automatic differentiation, without infusions.
  void (*jacobian)(const double* states, const double* params, const Ports<double>& ports, double* matrix) = nullptr;

  /// The same, written down instead of calculated.
  struct {
    void (*rhs)(const Recorded* states, const Recorded* params, const Ports<Recorded>& ports, const Recorded* inputs,
                Recorded* rates) = nullptr;
    Recorded (*count)(const Recorded* states, const Recorded* params) = nullptr;
  } recorded;

  /// The kinetics of a drug that it hosts; null when it does not.
  const KineticsModel* hosts(std::string_view drug) const {
    for (const KineticsModel& hosted : drugs)
      if (hosted.drug == drug) return &hosted;
    return nullptr;
  }
};

/// What a drug does to a lineage.
struct EffectModel : ModelInfo {
  std::string_view lineage;  ///< of the marrows it was estimated with
  void (*drive)(Ports<double>& ports, const Exposure<double>& exposure, const double* params) = nullptr;

  /// The same, written down instead of calculated.
  struct {
    void (*drive)(Ports<Recorded>& ports, const Exposure<Recorded>& exposure, const Recorded* params) = nullptr;
  } recorded;
};

}  // namespace nadir
