#pragma once
/// From the steps of many patients to the traces of their counts. What needs a root is set aside and solved for several
/// patients at once, so that a step costs little.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/lanes/kernels.hpp"
#include "sim/metric/trace.hpp"

namespace nadir {

/// One count of one patient while it is being followed.
struct Followed {
  Trace trace;
  std::array<bool, threshold_count> below{};
  bool falling = false;
  double area = 0.0;  ///< ∫ count dt up to the present step

  /// The count before the first step.
  void start(double count, const std::array<double, threshold_count>& levels, std::size_t marks);
};

/// One count within one step, and where in it something is looked for.
struct Stretched {
  Followed* followed = nullptr;
  double begin = 0.0, length = 0.0;
  double area = 0.0;  ///< ∫ count dt up to its begin
  std::array<double, lanes::most_degree + 1> c{};
  std::array<bool, threshold_count> below_first{}, below_last{};
  double end = 0.0;  ///< the count at θ = 1
};

class Tracer {
 public:
  Tracer(const lanes::Kernels& kernels, const Thresholds& thresholds);

  const std::array<double, threshold_count>& levels() const { return levels_; }

  /// Takes a step of one count in all lanes: `c` holds degree + 1 rows of its polynomial; `followed[lane]` is null for
  /// a lane that made no step.
  void step(const double* c, int degree, const double* begin, const double* length,
            const std::array<Followed*, lanes::width>& followed);

  /// Solves what was set aside. Traces are complete, but for their order in time, only then.
  void flush();
  /// Whether enough was set aside to be worth solving.
  bool full() const { return turns_.size() + passes_.size() > 512; }

 private:
  struct Pass {
    Stretched in;
    std::size_t threshold = 0;
    bool below = false;  // afterwards
    double low = 0.0, high = 1.0;
  };
  void passes(const Stretched& step, const std::array<bool, threshold_count>& before,
              const std::array<bool, threshold_count>& after, double low, double high);
  void solve_turns(std::size_t first, std::size_t count);
  void turn(const Stretched& step, const std::vector<double>& at);
  void solve_passes(std::size_t first, std::size_t count);

  const lanes::Kernels& kernels_;
  std::array<double, threshold_count> levels_;
  int degree_ = 0;
  std::vector<Stretched> turns_;
  std::vector<Pass> passes_;
};

/// Puts a finished trace in order of time.
void sort(Trace& trace);

}  // namespace nadir
