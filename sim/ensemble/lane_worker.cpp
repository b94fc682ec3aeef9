#include "sim/ensemble/lane_worker.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace nadir {

namespace {

std::vector<double> absolute_tolerances(const Plan& plan) {
  std::vector<double> list = plan.assembly.scales();
  for (double& scale : list) scale *= plan.scenario.solver.absolute;
  return list;
}

}  // namespace

LaneSetup::LaneSetup(const Plan& plan, Derivatives derivatives, const lanes::Kernels& chosen)
    : kernels(chosen),
      program(plan.assembly, derivatives),
      grid(make_grid(plan)),
      absolute(absolute_tolerances(plan)),
      thresholds{plan.scenario.metrics.severe, plan.scenario.metrics.profound, plan.scenario.metrics.recovery} {}

LaneWorker::LaneWorker(const LaneSetup& setup, Share& share)
    : setup_(setup),
      share_(share),
      plan_(share.plan),
      kernels_(setup.kernels),
      memory_(kernels_, setup.program, plan_.assembly, plan_.scenario.solver.relative, setup.absolute),
      tracer_(kernels_, setup.thresholds, plan_.assembly.marrows.size()),
      marrows_(plan_.assembly.marrows.size()),
      signals_(marrows_ + plan_.assembly.drugs.size()),
      times_(plan_.times.size()),
      tallies_(signals_, Tally(times_)),
      states_(plan_.assembly.states()) {
  for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d)
    if (!plan_.assembly.drugs[d].model->linear) state_drugs_.push_back(d);
  values_.resize(marrows_ + state_drugs_.size());
  areas_.resize(marrows_);
  for (Lane& lane : lanes_) lane.drugs.resize(plan_.assembly.drugs.size());
}

void LaneWorker::work() {
  std::size_t busy = 0;
  for (std::size_t lane = 0; lane < width; ++lane) busy += fill(lane) ? 1 : 0;
  while (busy > 0 && !share_.stopped()) {
    step();
    read_off();
    trace();
    kernels_.move_drugs(memory_.crew(), memory_.cut());
    for (std::size_t lane = 0; lane < width; ++lane) {
      if (lanes_[lane].block == nullptr) continue;
      arrive(lane);
      if (lanes_[lane].block == nullptr && !fill(lane)) --busy;
    }
    if (tracer_.full()) settle();
  }
  settle();
  share_.add(tallies_);
}

/// Puts the next patient into a lane; false when none is left.
bool LaneWorker::fill(std::size_t index) {
  Lane& lane = lanes_[index];
  while (next_patient(lane)) {
    enter(index);
    if (lane.block != nullptr) return true;
  }
  memory_.enter(static_cast<int>(index));
  next_point_.x[index] = std::numeric_limits<double>::infinity();
  return false;
}

bool LaneWorker::next_patient(Lane& lane) {
  if (open_ == nullptr) {
    const auto share = share_.take();
    if (!share) return false;
    blocks_.push_back(std::make_unique<Block>());
    open_ = blocks_.back().get();
    *open_ = {share->begin, share->end - share->begin, share->end - share->begin,
              std::vector<float>(signals_ * times_ * (share->end - share->begin))};
    taken_ = 0;
  }
  lane.block = open_;
  lane.patient = take_patient();
  lane.column = open_->series.data() + taken_;
  lane.patient->place = open_->begin + taken_++;
  if (taken_ == open_->count) open_ = nullptr;
  return true;
}

LaneWorker::Patient* LaneWorker::take_patient() {
  if (spare_.empty()) {
    patients_.push_back(std::make_unique<Patient>());
    patients_.back()->traces.resize(marrows_);
    return patients_.back().get();
  }
  Patient* patient = spare_.back();
  spare_.pop_back();
  return patient;
}

void LaneWorker::enter(std::size_t index) {
  Lane& lane = lanes_[index];
  Results& results = share_.results;
  make_subject(plan_, results.first + lane.patient->place, lane.subject);
  results.store_person(plan_, lane.patient->place, lane.subject);
  lane.event = lane.point = lane.sample = 0;
  lane.steps = 0;
  memory_.enter(static_cast<int>(index));
  for (Trace& trace : lane.patient->traces) trace.clear(setup_.grid.marks.times.size());
  if (!possible(plan_, lane.subject)) return leave(lane, StepStatus::bad_parameters);
  lane.body.emplace(plan_.assembly, lane.subject.parameters);
  const auto states = lane.body->states();
  for (std::size_t m = 0; m < marrows_; ++m) {
    values_[m].x[index] = lane.body->count(m, states);
    areas_[m].x[index] = 0.0;
    tracer_.enter(m, index, values_[m].x[index], lane.patient->traces[m]);
  }
  for (std::size_t d = 0; d < state_drugs_.size(); ++d)
    values_[marrows_ + d].x[index] = lane.body->concentration(state_drugs_[d], 0.0, states);
  renew(index, true);
  // What is wanted at time 0 stands just before the doses of that time.
  for (look_ahead(index); next_point_.x[index] <= 0.0; look_ahead(index)) store_point(index);
  sample_drugs(lane, 0.0);
  memory_.crew().limit[index] = 0.0;
  arrive(index);
}

void LaneWorker::look_ahead(std::size_t index) {
  const auto& points = setup_.grid.points;
  const std::size_t next = lanes_[index].point;
  next_point_.x[index] = next < points.size() ? points[next].time : std::numeric_limits<double>::infinity();
}

void LaneWorker::step() {
  lanes::Crew& crew = memory_.crew();
  if (setup_.program.implicit().slots > 0) {
    kernels_.rosenbrock_step(setup_.program.code(), crew, setup_.program.implicit());
  } else {
    kernels_.taylor_step(setup_.program.code(), crew);
  }
}

/// Looks whether a lane has come to its next event, to its end, or has failed.
void LaneWorker::arrive(std::size_t index) {
  Lane& lane = lanes_[index];
  lanes::Crew& crew = memory_.crew();
  if (crew.limit[index] > crew.time[index]) {
    if (++lane.steps >= plan_.scenario.solver.max_steps) return leave(lane, StepStatus::step_limit);
    if (crew.failed[index] != 0.0) leave(lane, StepStatus::not_finite);
    return;
  }
  if (crew.limit[index] > 0.0) {
    ++lane.steps;
    memory_.get_states(static_cast<int>(index), states_);
    lane.body->move(crew.time[index], states_);
    sample_drugs(lane, crew.time[index]);
  }
  bool parameters = false;
  if (happen(lane, parameters)) renew(index, parameters);
  const auto& events = lane.subject.timeline.events;
  const double end = plan_.scenario.time.end;
  if (lane.body->time() >= end) return leave(lane, StepStatus::ok);
  crew.limit[index] = lane.event < events.size() ? std::min(events[lane.event].time, end) : end;
}

/// Lets the events of this moment happen; whether anything changed.
bool LaneWorker::happen(Lane& lane, bool& parameters) {
  bool changed = false;
  for (const auto& events = lane.subject.timeline.events; lane.event < events.size(); ++lane.event) {
    const Event& event = events[lane.event];
    if (event.time > lane.body->time()) break;
    if (event.kind == Event::Kind::observe) {
      share_.results.predicted[lane.patient->place][event.index] = predict(plan_, *lane.body, event.time);
      continue;
    }
    lane.body->apply(event);
    changed = true;
    parameters |= event.kind == Event::Kind::parameters;
  }
  return changed;
}

/// Takes what events have changed into the rows of the kernels.
void LaneWorker::renew(std::size_t index, bool parameters) {
  Lane& lane = lanes_[index];
  const int column = static_cast<int>(index);
  memory_.put_states(column, lane.body->states());
  if (parameters || setup_.program.reads_inputs())
    memory_.put_constants(column, lane.body->parameters(), lane.body->inputs());
  for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d) {
    if (!plan_.assembly.drugs[d].model->linear) continue;
    const CentralModes modes = lane.body->modes(d);
    memory_.put_drug(column, d, modes);
    lane.drugs[d].start(lane.body->time(), modes, lane.body->amount_per_concentration(d), plan_.scenario.time.sample);
  }
}

void LaneWorker::leave(Lane& lane, StepStatus status) {
  Results& results = share_.results;
  results.status[lane.patient->place] = static_cast<std::int8_t>(status);
  results.steps[lane.patient->place] =
      static_cast<std::int32_t>(std::min<std::int64_t>(lane.steps, std::numeric_limits<std::int32_t>::max()));
  if (status != StepStatus::ok) blank(lane);
  waiting_.push_back(lane.patient);
  Block& block = *lane.block;
  lane.block = nullptr;
  lane.patient = nullptr;
  share_.finish_one();
  if (--block.running == 0) finish_block(block);
}

}  // namespace nadir
