#include "sim/ensemble/single_worker.hpp"

namespace nadir {

SingleWorker::SingleWorker(Share& share)
    : share_(share),
      tallies_(share.results.tallies.size(), Tally(share.results.times)),
      series_(tallies_.size() * share.results.times * most) {}

void SingleWorker::work() {
  Results& results = share_.results;
  while (const auto block = share_.take()) {
    for (std::size_t i = block->begin; i < block->end; ++i) {
      if (share_.stopped()) return;
      const Subject subject = make_subject(share_.plan, results.first + i);
      const Course course = simulate(share_.plan, subject);
      results.store(share_.plan, results.first + i, subject, course);
      lay_out(course, i - block->begin);
      share_.finish_one();
    }
    for (std::size_t s = 0; s < tallies_.size(); ++s)
      tallies_[s].add(&series_[s * results.times * most], most, block->end - block->begin,
                      &results.status[block->begin]);
  }
  share_.add(tallies_);
}

void SingleWorker::lay_out(const Course& course, std::size_t place) {
  float* to = series_.data() + place;
  for (const auto* group : {&course.count_series, &course.drug_series})
    for (const auto& values : *group)
      for (const double value : values) *to = static_cast<float>(value), to += most;
}

}  // namespace nadir
