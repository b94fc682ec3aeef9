#pragma once
/// CTCAE v5 grades of low counts.

#include <array>
#include <string_view>

namespace nadir {

/// Grade g is a count below below[g − 1].
struct GradeScale {
  std::string_view count;  ///< name of the signal
  std::string_view title;
  std::array<double, 4>
      below;  ///< [10^9 cells/L]; the first is the lower limit of normal, which is the laboratory's own
};

/// Common Terminology Criteria for Adverse Events v5.0, "Investigations": neutrophil count decreased, white blood cell
/// decreased, lymphocyte count decreased. Grade 1 begins below the laboratory's lower limit of normal; the values used
/// here are 2.0 (neutrophils), 4.0 (leukocytes) and 1.0 (lymphocytes), the commonest of 15 British ranges
/// (doi:10.3389/fphar.2020.00314, Table 6). Version 6 of the criteria has other limits: always name version 5.
inline constexpr std::array grade_scales{
    GradeScale{"anc", "neutropenia", {2.0, 1.5, 1.0, 0.5}},
    GradeScale{"wbc", "leukopenia", {4.0, 3.0, 2.0, 1.0}},
    GradeScale{"alc", "lymphocytopenia", {1.0, 0.8, 0.5, 0.2}},
};

/// The scale of a signal; nullptr for a count that CTCAE does not grade.
constexpr const GradeScale* grade_scale(std::string_view count) {
  for (const GradeScale& scale : grade_scales)
    if (scale.count == count) return &scale;
  return nullptr;
}

/// 0 to 4; −1 for NaN.
constexpr int grade(const GradeScale& scale, double count) {
  if (count != count) return -1;
  int result = 0;
  for (const double limit : scale.below)
    if (count < limit) ++result;
  return result;
}

}  // namespace nadir
