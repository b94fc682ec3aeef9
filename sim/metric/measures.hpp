#pragma once
/// The clinical numbers of one count over one window of time, each with its row: name, unit, definition.

#include <array>
#include <span>
#include <string_view>

#include "sim/base/member_name.hpp"
#include "sim/metric/curve.hpp"

namespace nadir {

/// Thresholds [10^9 cells/L].
struct Thresholds {
  double severe = 0.5;
  double profound = 0.1;
  double recovery = 2.0;
};

/// NaN throughout when the curve does not cover the window; `recovery` is NaN when it is not reached.
struct Measures {
  double nadir, nadir_time, nadir_visits, nadir_visits_time;
  double dsn, dsn_longest, dsn_visits, dsn_visits_longest;
  double profound, recovery, area_severe, area_1;
};

struct MeasureRow {
  std::string_view name;
  double Measures::*member;
  std::string_view unit;
  std::string_view meaning;
};

template <auto Member>
constexpr MeasureRow measure_row(std::string_view unit, std::string_view meaning) {
  return {member_name<Member>(), Member, unit, meaning};
}

inline constexpr std::array measure_rows{
    measure_row<&Measures::nadir>("10^9 cells/L", "lowest count"),
    measure_row<&Measures::nadir_time>("d",
                                       "time of the lowest count since the window's start; trials count one day more"),
    measure_row<&Measures::nadir_visits>("10^9 cells/L", "lowest count seen at visits"),
    measure_row<&Measures::nadir_visits_time>("d", "time of the lowest count seen at visits"),
    measure_row<&Measures::dsn>("d", "duration of severe neutropenia: total time with the count below metrics.severe"),
    measure_row<&Measures::dsn_longest>("d", "longest stretch with the count below metrics.severe"),
    measure_row<&Measures::dsn_visits>(
        "d", "total time below metrics.severe as visits show it, each count standing until the next"),
    measure_row<&Measures::dsn_visits_longest>("d", "longest stretch below metrics.severe as visits show it"),
    measure_row<&Measures::profound>("d", "total time with the count below metrics.profound"),
    measure_row<&Measures::recovery>(
        "d", "first time at or after the nadir with the count at least metrics.recovery, since the window's start"),
    measure_row<&Measures::area_severe>("d 10^9 cells/L", "area between the count and metrics.severe while below it"),
    measure_row<&Measures::area_1>("d 10^9 cells/L", "area between the count and 1.0 while below it"),
};

/// Measures of `curve` within [from, to]. `visits`: days of blood tests after `from`.
Measures measure(const Curve& curve, const Thresholds& thresholds, double from, double to,
                 std::span<const double> visits);

}  // namespace nadir
