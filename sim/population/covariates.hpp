#pragma once
/// The properties of a person that nadir knows by name. Cohort files, event tables and models use these names and
/// units.

#include <array>
#include <span>
#include <string_view>

namespace nadir {

struct KnownCovariate {
  std::string_view name;
  std::string_view unit;  ///< values stand in this unit everywhere
  std::string_view meaning;
  double low, high;  ///< what a person can have; values outside are refused as mistakes
};

inline constexpr std::array known_covariates{
    KnownCovariate{"age", "y", "age", 0.0, 130.0},
    KnownCovariate{"sexf", "1", "1 for a woman, 0 for a man", 0.0, 1.0},
    KnownCovariate{"wt", "kg", "body weight", 0.3, 650.0},
    KnownCovariate{"ht", "cm", "body height", 20.0, 280.0},
    KnownCovariate{"bsa", "m^2", "body surface area", 0.1, 5.0},
    KnownCovariate{"aag", "g/L", "alpha-1-acid glycoprotein in plasma", 0.05, 10.0},
    KnownCovariate{"prior_therapy", "1", "1 after earlier chemotherapy, else 0", 0.0, 1.0},
    KnownCovariate{"ecog", "1", "ECOG performance status", 0.0, 5.0},
    KnownCovariate{"crcl", "mL/min", "creatinine clearance", 0.0, 500.0},
};

/// Place of a covariate in `known_covariates`, −1 for another name.
constexpr int covariate_index(std::string_view name) {
  for (std::size_t i = 0; i < known_covariates.size(); ++i)
    if (known_covariates[i].name == name) return static_cast<int>(i);
  return -1;
}

/// A person's values in the order of known_covariates; NaN where nothing is known.
using Covariates = std::array<double, known_covariates.size()>;

}  // namespace nadir
