// What it costs that components meet when a scenario is assembled: one evaluation of the written-down equations against
// one function in which the same equations are fused by hand, both for 16 patients, with the same registers and the
// same power. Prints the ratio for one, three and six components: build/release/benchmarks/assembly_benchmark, and
// assembly_benchmark_v4 on a machine that has AVX-512

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/kernels.hpp"
#include "sim/model/program.hpp"
#include "sim/scenario/plan.hpp"

namespace {

using namespace nadir;
using lanes::Row;

const std::string marrow = "[[marrow]]\nmodel = \"friberg2002\"\nset = \"docetaxel\"\n";
const std::string leukocytes = "[[marrow]]\nmodel = \"friberg2002_leukocytes\"\nset = \"docetaxel\"\n";

std::string treatment(const std::string& drug, const std::string& kinetics, const std::string& effects) {
  return "[[treatment]]\ndrug = \"" + drug + "\"\nkinetics = \"" + kinetics + "\"\neffect = " + effects +
         "\ndose = \"100 mg\"\n";
}

Plan plan_of(const std::string& components) {
  return check(read_scenario_text("format = 1\n[time]\nend = \"21 d\"\n" + components, "benchmark"));
}

/// Rows that a fused function reads and writes.
struct Fused {
  std::vector<Row> x, rate, p;
  explicit Fused(std::size_t states) : x(states), rate(states), p(16) {}
};

/// A marrow of five states from row `s` on, its parameters from row `k` on: ktr, circ0, gamma.
NADIR_INLINE void chain(Fused& f, std::size_t s, std::size_t k, Vec suppression, int i) {
  const Vec ktr = load(f.p[k].x + i);
  const auto x = [&](std::size_t n) __attribute__((always_inline)) { return load(f.x[s + n].x + i); };
  const Vec feedback = plain_pow(load(f.p[k + 1].x + i) / x(4), load(f.p[k + 2].x + i));
  store(f.rate[s].x + i, ktr * x(0) * ((1.0 - suppression) * feedback - 1.0));
  for (std::size_t n = 1; n < 5; ++n) store(f.rate[s + n].x + i, ktr * (x(n - 1) - x(n)));
}

void one(Fused& f) { NADIR_CHUNKS(i) chain(f, 0, 0, broadcast(0.0), i); }

/// The drug's central amount stands in row 3, what makes an effect of it in row 4.
void three(Fused& f) { NADIR_CHUNKS(i) chain(f, 0, 0, load(f.p[4].x + i) * load(f.p[3].x + i), i); }

/// Two marrows and paclitaxel with saturable kinetics (states 10 to 12), an effect on each, and docetaxel on both.
void six(Fused& f) {
  NADIR_CHUNKS(i) {
    const auto p = [&](std::size_t n) __attribute__((always_inline)) { return load(f.p[n].x + i); };
    const Vec central = load(f.x[10].x + i), first = load(f.x[11].x + i), second = load(f.x[12].x + i);
    const Vec c = central * p(8), elimination = p(9) * c / (p(10) + c), transport = p(11) * c / (p(12) + c);
    const Vec exchange = p(13) * (c - second * p(14));
    store(f.rate[10].x + i, p(15) - elimination - transport + p(7) * first - exchange);
    store(f.rate[11].x + i, transport - p(7) * first);
    store(f.rate[12].x + i, exchange);
    chain(f, 0, 0, p(4) * p(3) + p(5) * c, i);
    chain(f, 5, 0, p(6) * p(3) + p(5) * c, i);
  }
}

template <class Work>
double nanoseconds(Work work) {
  constexpr int rounds = 400, repeats = 200;
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int n = 0; n < repeats; ++n) {
      work();
      asm volatile("" ::: "memory");
    }
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / repeats);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 10, times.end());
  return times[rounds / 10] * 1e9;
}

void compare(const char* title, const std::string& components, void (*fused)(Fused&)) {
  const Plan plan = plan_of(components);
  const Program program(plan.assembly, Derivatives::no);
  const lanes::Code& code = program.code();
  std::vector<Row> values(static_cast<std::size_t>(program.rows()));
  for (Row& row : values) std::fill(std::begin(row.x), std::end(row.x), 1.25);
  Fused by_hand(static_cast<std::size_t>(code.states));
  for (auto* rows : {&by_hand.x, &by_hand.p})
    for (Row& row : *rows) std::fill(std::begin(row.x), std::end(row.x), 1.25);
  const auto all = lanes::available_kernels();
  const auto same = std::find_if(all.begin(), all.end(), [](auto* kernels) { return kernels->vector == NADIR_VECTOR; });
  if (same == all.end()) return;  // this machine does not have the registers of this file
  const lanes::Kernels& kernels = **same;
  double assembled = 0.0, hand = 0.0;
  for (int round = 0; round < 3; ++round) {
    hand = nanoseconds([&] { fused(by_hand); });
    assembled = nanoseconds([&] { kernels.evaluate(code.body, code.instructions, values[0].x); });
  }
  fmt::print("{:<16} {:>3} instructions {:>8.1f} ns fused {:>8.1f} ns assembled   ratio {:.2f}\n", title,
             code.instructions, hand, assembled, assembled / hand);
}

}  // namespace

int main() {
  fmt::print("one evaluation for 16 patients, {} numbers a register\n", NADIR_VECTOR);
  const std::string docetaxel = treatment("docetaxel", "docetaxel_bruno1996", "\"friberg2002_linear\"");
  compare("one component", marrow, one);
  compare("three", marrow + docetaxel, three);
  compare(
      "six and more",
      marrow + leukocytes +
          treatment("docetaxel", "docetaxel_bruno1996", "[\"friberg2002_linear\", \"friberg2002_leukocytes_linear\"]") +
          treatment("paclitaxel", "paclitaxel_crombag2019",
                    "[\"friberg2002_linear\", \"friberg2002_leukocytes_linear\"]"),
      six);
  return 0;
}
