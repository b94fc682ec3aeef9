#pragma once
/// From the steps of many patients to the traces of their counts. What needs a root is set aside and solved for several
/// patients at once, so that a step costs little.

#include <array>
#include <span>
#include <vector>

#include "sim/lanes/kernels.hpp"
#include "sim/metric/trace.hpp"

namespace nadir {

/// One count within one step, and where in it something is looked for.
struct Stretched {
  Trace* trace = nullptr;
  double begin = 0.0, length = 0.0;
  double area = 0.0;  ///< ∫ count dt up to its begin
  std::array<double, lanes::most_degree + 1> c{};
  double end = 0.0;  ///< the count at θ = 1
};

class Tracer {
 public:
  Tracer(const lanes::Kernels& kernels, const Thresholds& thresholds, std::size_t counts);

  /// A patient enters a lane with a count of this size at time 0; `trace` is empty.
  void enter(std::size_t count, std::size_t lane, double value, Trace& trace);

  /// Takes a step of one count in all lanes: `c` holds degree + 1 rows of its polynomial, `stepped` one bit for each
  /// lane that made a step.
  void step(std::size_t count, const double* c, int degree, const double* begin, const double* length, unsigned stepped,
            const std::array<Trace*, lanes::width>& traces);

  /// ∫ count dt up to the end of the lane's last step.
  double area(std::size_t count, std::size_t lane) const { return lanes_[count].area.x[lane]; }

  /// Solves what was set aside. Traces are complete, but for their order in time, only then.
  void flush();
  /// Whether enough was set aside to be worth solving.
  bool full() const { return turns_.size() + passes_.size() > 512; }

 private:
  /// What is known of a count in each lane at the end of its last step; masks hold one bit a lane.
  struct Lanes {
    std::array<unsigned, threshold_count> below{};
    unsigned falling = 0;
    lanes::Row area;
  };
  struct Pass {
    Stretched in;
    std::size_t threshold = 0;
    bool below = false;  // afterwards
    double low = 0.0, high = 1.0;
  };
  using Flags = std::array<bool, threshold_count>;
  Flags below(double count) const;
  void look(const Stretched& step, const lanes::Outline& outline, std::size_t lane);
  void passes(const Stretched& step, const Flags& before, const Flags& after, double low, double high);
  void solve_turns(std::size_t first, std::size_t count);
  void turn(const Stretched& step, std::span<const double> at);
  void solve_passes(std::size_t first, std::size_t count);

  const lanes::Kernels& kernels_;
  std::array<double, threshold_count> levels_;
  std::vector<Lanes> lanes_;
  int degree_ = 0;
  std::vector<Stretched> turns_, winding_;  // with one turning point, with perhaps several
  std::vector<Pass> passes_;
};

/// Puts a finished trace in order of time.
void sort(Trace& trace);

}  // namespace nadir
