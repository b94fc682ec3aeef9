#pragma once
/// The methods of integration that a scenario can name.

#include <array>
#include <string_view>

namespace nadir {

struct Method {
  std::string_view name;
  std::string_view meaning;
  bool lanes = false;     ///< many patients side by side
  bool implicit = false;  ///< for stiff equations
};

inline constexpr std::array methods{
    Method{"auto", "chosen from the equations: taylor, or rodas5p where they are stiff"},
    Method{"taylor", "Taylor series of order 12, many patients side by side", true, false},
    Method{"rodas5p", "Rodas5P, a Rosenbrock method of order 5 for stiff equations, many patients side by side", true,
           true},
    Method{"dormand_prince", "Dormand-Prince 5(4), one patient after the other"},
    Method{"odeint_dopri5", "Boost.Odeint's Dormand-Prince 5(4), one patient after the other"},
    Method{"odeint_bulirsch_stoer", "Boost.Odeint's Bulirsch-Stoer, one patient after the other"},
};

/// The method of a name; nullptr for another word.
constexpr const Method* find_method(std::string_view name) {
  for (const Method& method : methods)
    if (method.name == name) return &method;
  return nullptr;
}

}  // namespace nadir
