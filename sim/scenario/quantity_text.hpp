#pragma once
/// Numbers with units as a user writes them: "95 h", "100 mg/m^2", "20 %".

#include <optional>
#include <string>
#include <string_view>

#include "sim/base/unit.hpp"

namespace nadir {

struct QuantityText {
  double number = 0.0;
  std::string unit;  ///< as written; "1" when there is none
  Unit parsed;
};

/// What a text means, or why it means nothing.
struct QuantityReading {
  std::optional<QuantityText> value;
  std::string problem;
  std::string hint;
};

/// Reads a number and a unit. The decimal mark is a point in every locale.
QuantityReading read_quantity(std::string_view text);

/// A number as short as it can be without losing more than the twelfth digit: "1.5", "0.161", "1e+09".
std::string print_number(double value);

}  // namespace nadir
