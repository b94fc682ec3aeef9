#include "sim/ensemble/lane_memory.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nadir {

namespace {

constexpr int width = lanes::width;
constexpr int modes_rows = 3 * lanes::Modes::most + 5;
constexpr int count_rows = lanes::most_degree + 1;

}  // namespace

LaneMemory::LaneMemory(const lanes::Kernels& kernels, const Program& program, const Assembly& assembly, double relative,
                       std::vector<double> absolute)
    : program_(program), absolute_(std::move(absolute)) {
  const lanes::Code& code = program.code();
  const int rows = 6 + 1 + program.rows() + code.states + code.dynamic() * (lanes::order + 1) +
                   code.counts * count_rows + code.drugs * modes_rows + code.instructions +
                   program.implicit().work_rows(code);
  memory_.resize(static_cast<std::size_t>(rows));
  // Lanes that are never used compute with ones.
  for (lanes::Row& row : memory_) std::fill(std::begin(row.x), std::end(row.x), 1.0);
  crew_.accuracy = {relative, absolute_.data()};
  for (double** row : {&crew_.time, &crew_.begin, &crew_.length, &crew_.limit, &crew_.proposed, &crew_.failed})
    *row = take(1);
  crew_.values = take(program.rows());
  crew_.states = take(code.states);
  crew_.series = take(code.dynamic() * (lanes::order + 1));
  crew_.counts = take(code.counts * count_rows);
  crew_.inverses = take(code.instructions);
  crew_.work = take(program.implicit().work_rows(code));
  for (std::size_t d = 0; d < assembly.drugs.size(); ++d) {
    place_of_drug_.push_back(program.drug_row(d) < 0 ? -1 : static_cast<int>(drugs_.size()));
    if (program.drug_row(d) < 0) continue;
    const Shape shape = assembly.drugs[d].model->shape;
    lanes::Modes modes{.modes = 1 + shape.peripherals, .depot = shape.depot, .row = program.drug_row(d)};
    for (auto* group : {&modes.rate, &modes.amount, &modes.coupling})
      for (double*& row : *group) row = take(1);
    for (double** row : {&modes.steady, &modes.ka, &modes.absorbing, &modes.peak, &modes.depot_peak}) *row = take(1);
    drugs_.push_back(modes);
  }
  crew_.drugs = drugs_.data();
  crew_.drug_count = static_cast<int>(drugs_.size());
  terms_.resize(static_cast<std::size_t>(code.instructions));
  crew_.terms = terms_.data();
  kernels.prepare(code, crew_);
  for (int lane = 0; lane < width; ++lane) crew_.limit[lane] = crew_.time[lane] = 0.0;
}

double* LaneMemory::take(int rows) {
  double* begin = memory_.data()[used_].x;
  used_ += static_cast<std::size_t>(rows);
  return begin;
}

const double* LaneMemory::count(std::size_t index) const {
  return crew_.counts + index * static_cast<std::size_t>(count_rows * width);
}

void LaneMemory::enter(int lane) {
  for (double* row : {crew_.time, crew_.limit, crew_.length, crew_.proposed, crew_.failed}) row[lane] = 0.0;
  for (lanes::Modes& drug : drugs_) drug.peak[lane] = drug.depot_peak[lane] = 0.0;
}

void LaneMemory::put_states(int lane, std::span<const double> states) {
  double* to = crew_.states + lane;
  for (const double x : states) *to = x, to += width;
}

void LaneMemory::get_states(int lane, std::span<double> states) const {
  const double* from = crew_.states + lane;
  for (double& x : states) x = *from, from += width;
}

void LaneMemory::put_constants(int lane, std::span<const double> parameters, std::span<const double> inputs) {
  program_.place_constants(parameters, inputs, crew_.values, lane, room_);
}

void LaneMemory::put_drug(int lane, std::size_t drug, const CentralModes& modes) {
  const int place = place_of_drug_[drug];
  if (place < 0) return;
  lanes::Modes& rows = drugs_[static_cast<std::size_t>(place)];
  double size = std::fabs(modes.steady);
  for (int m = 0; m < rows.modes; ++m) size += std::fabs(modes.amount[static_cast<std::size_t>(m)]);
  const double peak = rows.peak[lane] = std::max(rows.peak[lane], size);
  const double depot_peak = rows.depot_peak[lane] = std::max(rows.depot_peak[lane], std::fabs(modes.absorbing));
  const bool fed = std::fabs(modes.absorbing) > cut() * depot_peak;
  for (int m = 0; m < rows.modes; ++m) {
    const auto i = static_cast<std::size_t>(m);
    rows.rate[m][lane] = modes.rate[i];
    rows.coupling[m][lane] = modes.coupling[i];
    rows.amount[m][lane] = fed || std::fabs(modes.amount[i]) > cut() * peak ? modes.amount[i] : 0.0;
  }
  rows.steady[lane] = modes.steady;
  rows.ka[lane] = modes.ka;
  rows.absorbing[lane] = fed ? modes.absorbing : 0.0;
}

}  // namespace nadir
