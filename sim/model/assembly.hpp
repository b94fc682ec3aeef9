#pragma once
/// The components of one scenario as a single ODE system: marrows, drugs and what the drugs do.

#include <span>
#include <string>
#include <vector>

#include "sim/lanes/code.hpp"
#include "sim/model/component.hpp"

namespace nadir {

/// Where a component's parameters stand in the patient's parameter vector.
struct Slot {
  const ModelInfo* model = nullptr;
  std::string owner;       ///< prefix of its parameters' names: "netterberg2017", "docetaxel", "docetaxel.anc"
  std::size_t params = 0;  ///< offset
};

struct MarrowSlot {
  const MarrowModel* model = nullptr;
  std::size_t params = 0;
  std::size_t states = 0;
};

struct EffectSlot {
  const EffectModel* model = nullptr;
  std::size_t params = 0;
  std::size_t marrow = 0;  ///< index of the marrow it acts on
};

/// A hosted drug's places are those of its marrow.
struct DrugSlot {
  std::string name;
  const KineticsModel* model = nullptr;
  std::size_t params = 0;
  std::size_t states = 0;  ///< not linear only
  std::vector<EffectSlot> effects;
};

/// Lineages, and drugs in closed form, that one scenario may have.
inline constexpr std::size_t most_marrows = 8, most_drugs = lanes::most_drugs;

/// Components in the order in which they are combined: marrows by lineage, drugs by name. The order in the scenario
/// file changes nothing.
class Assembly {
 public:
  std::vector<MarrowSlot> marrows;
  std::vector<DrugSlot> drugs;
  std::vector<Slot> slots;  ///< all components, for sampling and naming

  std::size_t parameters() const;
  std::size_t states() const;

  /// Healthy: marrows at rest, no drug.
  void rest(std::span<const double> params, std::span<double> states) const;

  /// Internal units in one unit of each state's row: a tolerance "in the unit of the state" is scaled by it.
  std::vector<double> scales() const;

  /// Plasma concentration of drug `d` [internal amount/L]; `linear[d]` is the amount in the central compartment of a
  /// drug solved in closed form. T: double, or Recorded to write the equations down.
  template <class T>
  T concentration(std::size_t d, const T* states, std::span<const T> params, std::span<const T> linear) const;

  /// Rates of change of all states. `inputs`: infusion rates into them.
  template <class T>
  void rhs(const T* states, std::span<const T> params, std::span<const T> linear, std::span<const T> inputs,
           T* rates) const;
};

}  // namespace nadir
