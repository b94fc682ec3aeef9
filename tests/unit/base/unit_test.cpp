#include "sim/base/unit.hpp"

#include <gtest/gtest.h>

namespace nadir {
namespace {

TEST(Unit, OfACountIsInternal) { EXPECT_EQ(unit_of("10^9 cells/L").factor, 1.0); }

TEST(Unit, ConvertsToInternalUnits) {
  EXPECT_DOUBLE_EQ(unit_of("h").factor, 1.0 / 24.0);
  EXPECT_DOUBLE_EQ(unit_of("L/h").factor, 24.0);
  EXPECT_DOUBLE_EQ(unit_of("g/mol").factor, 1e-3);
  EXPECT_DOUBLE_EQ(unit_of("ng/mL").factor, 1e-3);
  EXPECT_DOUBLE_EQ(unit_of("mL/min").factor, 1.44);
  EXPECT_DOUBLE_EQ(parse_unit("cells/uL")->factor, 1e-3);
}

TEST(Unit, OfADosePerBodySizeIsNoMass) {
  EXPECT_NE(unit_of("mg/m^2").dimension, unit_of("mg").dimension);
  EXPECT_NE(unit_of("mg/kg").dimension, unit_of("mg").dimension);
  EXPECT_NE(unit_of("mg/kg").dimension, unit_of("1").dimension);
}

TEST(Unit, MisspeltIsRefused) {
  for (const char* text : {"", "hr", "mg/", "/h", "10^", "10^x cells/L", "mg//L", "10^99 cells/L", "mg L ", "µg"})
    EXPECT_FALSE(parse_unit(text)) << text;
}

TEST(Unit, IsDescribedInWords) {
  EXPECT_EQ(describe(unit_of("h").dimension), "a time");
  EXPECT_EQ(describe(unit_of("mg/m^2").dimension), "a mass per body area");
  EXPECT_EQ(describe(unit_of("1/h").dimension), "one per time");
  EXPECT_EQ(describe(unit_of("%").dimension), "a pure number");
  EXPECT_EQ(internal_unit(unit_of("L/umol").dimension), "L/umol");
}

}  // namespace
}  // namespace nadir
