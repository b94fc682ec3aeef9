// What a LaneWorker takes from its lanes: values at the grid's times, traces, concentrations, and at the end the
// results.

#include <algorithm>
#include <bit>
#include <limits>

#include "sim/ensemble/lane_worker.hpp"

namespace nadir {

namespace {
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
}

void LaneWorker::trace() {
  const lanes::Crew& crew = memory_.crew();
  unsigned stepped = 0;
  for (std::size_t i = 0; i < width; ++i) stepped |= crew.length[i] > 0.0 ? 1u << i : 0u;
  std::array<Trace*, width> traces{};
  for (std::size_t m = 0; m < marrows_; ++m) {
    for (std::size_t i = 0; i < width; ++i)
      traces[i] = lanes_[i].block != nullptr ? &lanes_[i].patient->traces[m] : nullptr;
    tracer_.step(m, memory_.count(m), crew.degree, crew.begin, crew.length, stepped, traces);
  }
}

/// Reads the counts off at the grid's times within the step: one time of every lane a round.
void LaneWorker::read_off() {
  const lanes::Crew& crew = memory_.crew();
  for (;;) {
    lanes::Row theta;
    unsigned wanted = 0;
    bool boundary = false;
    for (std::size_t i = 0; i < width; ++i) {
      if (!(next_point_.x[i] <= crew.time[i]) || !(crew.length[i] > 0.0)) continue;
      theta.x[i] = (next_point_.x[i] - crew.begin[i]) / crew.length[i];
      wanted |= 1u << i;
      boundary |= setup_.grid.points[lanes_[i].point].boundary;
    }
    if (wanted == 0) return;
    for (std::size_t c = 0; c < marrows_ + state_drugs_.size(); ++c)
      kernels_.polynomial_at(memory_.count(c), crew.degree, theta.x, values_[c].x);
    for (std::size_t m = 0; m < marrows_ && boundary; ++m)
      kernels_.integral_at(memory_.count(m), crew.degree, theta.x, areas_[m].x);
    for (; wanted != 0; wanted &= wanted - 1) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(wanted));
      store_point(lane);
      look_ahead(lane);
    }
  }
}

/// Stores the values that were read off for a lane's next grid point.
void LaneWorker::store_point(std::size_t index) {
  Lane& lane = lanes_[index];
  const GridPoint& point = setup_.grid.points[lane.point++];
  if (point.series >= 0) {
    const auto time = static_cast<std::size_t>(point.series);
    for (std::size_t m = 0; m < marrows_; ++m) series(lane, m, time) = static_cast<float>(values_[m].x[index]);
    for (std::size_t d = 0; d < state_drugs_.size(); ++d)
      series(lane, marrows_ + state_drugs_[d], time) = static_cast<float>(values_[marrows_ + d].x[index]);
  }
  if (point.mark < 0) return;
  const auto mark = static_cast<std::size_t>(point.mark);
  for (std::size_t m = 0; m < marrows_; ++m) {
    lane.patient->traces[m].values[mark] = values_[m].x[index];
    if (point.boundary)
      lane.patient->traces[m].areas[mark] = tracer_.area(m, index) + memory_.crew().length[index] * areas_[m].x[index];
  }
}

/// Concentrations of the drugs in closed form at the stored times up to `until`.
void LaneWorker::sample_drugs(Lane& lane, double until) {
  std::size_t end = lane.sample;
  while (end < times_ && plan_.times[end] <= until) ++end;
  for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d) {
    if (!plan_.assembly.drugs[d].model->linear) continue;
    for (std::size_t i = lane.sample; i < end; ++i)
      series(lane, marrows_ + d, i) = static_cast<float>(lane.drugs[d].sample(plan_.times[i]));
  }
  lane.sample = end;
}

/// From where the integration ended there are no values.
void LaneWorker::blank(Lane& lane) {
  const auto& points = setup_.grid.points;
  for (; lane.point < points.size(); ++lane.point) {
    if (points[lane.point].series < 0) continue;
    const auto time = static_cast<std::size_t>(points[lane.point].series);
    for (std::size_t m = 0; m < marrows_; ++m) series(lane, m, time) = nan;
    for (const std::size_t d : state_drugs_) series(lane, marrows_ + d, time) = nan;
  }
  for (; lane.sample < times_; ++lane.sample)
    for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d)
      if (plan_.assembly.drugs[d].model->linear) series(lane, marrows_ + d, lane.sample) = nan;
}

void LaneWorker::finish_block(Block& block) {
  Results& results = share_.results;
  for (std::size_t s = 0; s < signals_; ++s) {
    const float* series = &block.series[s * times_ * block.count];
    tallies_[s].add(series, block.count, block.count, &results.status[block.begin]);
    for (std::size_t i = 0; i < block.count && block.begin + i < results.stored; ++i)
      for (std::size_t t = 0; t < times_; ++t)
        results.series[s][(block.begin + i) * times_ + t] = series[t * block.count + i];
  }
  std::erase_if(blocks_, [&](const auto& other) { return other.get() == &block; });
}

/// Finds the roots that were set aside, and measures the patients that have waited for them.
void LaneWorker::settle() {
  tracer_.flush();
  Results& results = share_.results;
  const auto& windows = setup_.grid.marks.windows;
  for (Patient* patient : waiting_) {
    for (std::size_t m = 0; m < marrows_; ++m) {
      Trace& trace = patient->traces[m];
      sort(trace);
      for (std::size_t w = 0; w < windows.size(); ++w)
        results.measures[m][patient->place * windows.size() + w] =
            measure(trace, setup_.thresholds, setup_.grid.marks, windows[w]);
    }
    spare_.push_back(patient);
  }
  waiting_.clear();
}

}  // namespace nadir
