#pragma once
/// All datasets of a result before it is simulated: names, sizes, attributes, and how the numbers of patients become
/// rows.

#include <functional>
#include <vector>

#include "sim/ensemble/results.hpp"
#include "sim/store/dataset.hpp"

namespace nadir {

/// A part of a plan's patients, one after the other.
struct Portion {
  std::size_t first = 0;
  std::size_t patients = 0;
  std::size_t end() const { return first + patients; }
};

struct Outline {
  Dataset dataset;  ///< values stand only where they are known beforehand
  /// By variable: the rows of a range of patients, nothing for a variable that has no rows of patients. The plan must
  /// outlive them.
  std::vector<std::function<Values(const Results&)>> rows;
};

/// The result of a share of the patients. Quantiles and means have neither values nor rows: they come at the end.
Outline outline(const Plan& plan, const Portion& portion);

}  // namespace nadir
