#include "sim/scenario/event_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/base/digest.hpp"
#include "sim/base/nearest.hpp"
#include "sim/scenario/check_regimens.hpp"
#include "sim/scenario/csv.hpp"
#include "sim/scenario/event_line.hpp"
#include "sim/scenario/source.hpp"

namespace nadir {

namespace {

constexpr std::array known_columns{"ID", "TIME", "AMT", "RATE", "EVID", "CMT", "ADDL", "II", "SS", "MDV", "DV"};

class TableReader {
 public:
  TableReader(const Plan& plan, Problems& problems, CsvTable csv)
      : plan_(plan), section_(*plan.scenario.events), problems_(problems), csv_(std::move(csv)) {
    table_.file = csv_.file;
  }

  std::optional<EventTable> read() {
    choose_drug();
    choose_observed();
    const auto time_unit = parse_unit(section_.time);
    if (!time_unit || time_unit->dimension != unit_of("d").dimension)
      problems_.add(section_.at("time"), fmt::format("'{}' is not a unit of time", section_.time),
                    "time = \"h\" or \"d\"");
    map_columns();
    for (const char* needed : {"ID", "TIME"})
      if (column(needed) < 0)
        problems_.add({csv_.file, 1, 1, 1, csv_.lines.empty() ? "" : csv_.lines[0]},
                      fmt::format("the table has no column {}", needed), "ID and TIME are needed");
    if (!time_unit || drug_ == nullptr || column("ID") < 0 || column("TIME") < 0) return std::nullopt;
    const LineUnits units{time_unit->factor, amount_factor_, section_.nonmem_lag};
    for (std::size_t row = 0; row < csv_.cells.size(); ++row) line(row, units);
    return std::move(table_);
  }

 private:
  int column(std::string_view name) const {
    const auto found = std::find(csv_.header.begin(), csv_.header.end(), name);
    return found == csv_.header.end() ? -1 : static_cast<int>(found - csv_.header.begin());
  }

  void choose_drug() {
    const auto& drugs = plan_.assembly.drugs;
    std::vector<std::string> names;
    for (const DrugSlot& drug : drugs) names.push_back(drug.name);
    const auto found = std::find(names.begin(), names.end(), section_.drug);
    if (!section_.drug.empty() && found == names.end()) {
      problems_.add(section_.at("drug"), fmt::format("there is no treatment '{}'", section_.drug),
                    did_you_mean(section_.drug, names));
    } else if (section_.drug.empty() && drugs.size() != 1) {
      problems_.add(section_.place,
                    drugs.empty() ? "an event table needs a [[treatment]] whose doses it gives"
                                  : "several drugs: [events] needs 'drug'",
                    fmt::format("one of: {}", fmt::join(names, ", ")));
    } else {
      drug_ = section_.drug.empty() ? &drugs.front() : &drugs[static_cast<std::size_t>(found - names.begin())];
      choose_amount();
    }
  }

  void choose_amount() {
    if (section_.amount.empty()) return;
    const auto unit = parse_unit(section_.amount);
    const auto factor = unit ? amount_factor(*drug_, unit->dimension, unit->factor) : std::nullopt;
    if (factor) {
      amount_factor_ = *factor;
    } else {
      problems_.add(section_.at("amount"),
                    fmt::format("'{}' is not a unit of amount for '{}'", section_.amount, drug_->name),
                    fmt::format("its kinetics counts {}", drug_->model->amount_unit));
    }
  }

  void choose_observed() {
    if (section_.observe.empty()) return;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < plan_.assembly.marrows.size(); ++i) {
      names.emplace_back(plan_.assembly.marrows[i].model->signal.name);
      if (names.back() == section_.observe) table_.observed_marrow = static_cast<int>(i);
    }
    for (std::size_t i = 0; i < plan_.assembly.drugs.size(); ++i) {
      names.push_back(plan_.assembly.drugs[i].name);
      if (names.back() == section_.observe) table_.observed_drug = static_cast<int>(i);
    }
    if (table_.observed_marrow < 0 && table_.observed_drug < 0)
      problems_.add(section_.at("observe"), fmt::format("the scenario shows no signal '{}'", section_.observe),
                    did_you_mean(section_.observe, names));
  }

  /// Columns named like a covariate are read as such; the others as [events.columns] says.
  void map_columns() {
    std::vector<std::string> targets;
    for (const KnownCovariate& known : known_covariates) targets.emplace_back(known.name);
    const std::size_t covariates = targets.size();
    for (const Parameter& parameter : plan_.population.parameters) targets.push_back(parameter.name);
    for (const auto& [name, target] : section_.columns) {
      std::string upper = name;
      for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const auto found = std::find(targets.begin(), targets.end(), target);
      if (column(upper) < 0) {
        problems_.add(section_.at("columns." + name), fmt::format("'{}' has no column '{}'", csv_.file, name),
                      did_you_mean(upper, csv_.header));
      } else if (found == targets.end()) {
        problems_.add(section_.at("columns." + name), fmt::format("there is no parameter or covariate '{}'", target),
                      did_you_mean(target, targets));
      } else {
        const auto index = static_cast<std::size_t>(found - targets.begin());
        mapped_.push_back(column(upper));
        table_.columns.push_back({index < covariates, index < covariates ? index : index - covariates});
      }
    }
    for (std::size_t i = 0; i < csv_.header.size(); ++i) {
      const std::string& name = csv_.header[i];
      if (std::find(known_columns.begin(), known_columns.end(), name) != known_columns.end()) continue;
      if (std::find(mapped_.begin(), mapped_.end(), static_cast<int>(i)) != mapped_.end()) continue;
      std::string lower = name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      if (const int covariate = covariate_index(lower); covariate >= 0) {
        mapped_.push_back(static_cast<int>(i));
        table_.columns.push_back({true, static_cast<std::size_t>(covariate)});
      } else {
        table_.ignored.push_back(name);
      }
    }
  }

  /// A cell as a number; '.' and an absent column give `absent`.
  double cell(std::size_t row, int index, double absent) {
    if (index < 0) return absent;
    const std::string& text = csv_.cells[row][static_cast<std::size_t>(index)];
    if (text == "." || text.empty() || text == "NA") return absent;
    double value = 0.0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || rest != text.data() + text.size() || !std::isfinite(value)) {
      problems_.add(csv_.at(row, static_cast<std::size_t>(index)), fmt::format("'{}' is not a finite number", text),
                    "a missing value is '.'");
      return absent;
    }
    return value;
  }

  SubjectRecords& subject(std::size_t row) {
    const std::string& id = csv_.cells[row][static_cast<std::size_t>(column("ID"))];
    if (!table_.subjects.empty() && table_.subjects.back().id == id) return table_.subjects.back();
    const bool before =
        std::any_of(table_.subjects.begin(), table_.subjects.end(), [&](auto& s) { return s.id == id; });
    if (before)
      problems_.add(csv_.at(row, static_cast<std::size_t>(column("ID"))),
                    fmt::format("the lines of ID {} are scattered", id),
                    "put the lines of each ID together, in order of TIME");
    table_.subjects.push_back({.id = id});
    return table_.subjects.back();
  }

  void line(std::size_t row, const LineUnits& units) {
    SubjectRecords& person = subject(row);
    EventLine event{.row = row,
                    .time = cell(row, column("TIME"), std::nan("")) * units.time,
                    .amount = cell(row, column("AMT"), 0.0),
                    .rate = cell(row, column("RATE"), 0.0),
                    .interval = cell(row, column("II"), 0.0) * units.time,
                    .additional = cell(row, column("ADDL"), 0.0),
                    .steady = cell(row, column("SS"), 0.0),
                    .compartment = cell(row, column("CMT"), 0.0),
                    .value = cell(row, column("DV"), std::nan(""))};
    event.kind = cell(row, column("EVID"), event.amount != 0.0 || event.rate != 0.0 ? 1.0 : 0.0);
    event.missing = cell(row, column("MDV"), event.kind == 0.0 ? 0.0 : 1.0);
    const auto where = [&](const char* name) {
      return csv_.at(row, static_cast<std::size_t>(std::max(0, column(name))));
    };
    if (std::isnan(event.time) || event.time < 0.0) {
      problems_.add(where("TIME"), "TIME must be a number, zero or more", "times count from the start of each ID");
      return;
    }
    if (!person.times.empty() && event.time < person.times.back() && event.kind < 3.0) {
      problems_.add(where("TIME"), fmt::format("TIME goes back within ID {}", person.id),
                    "put the lines in order of TIME");
      return;
    }
    person.times.push_back(event.time);
    person.orders.push_back(row);
    person.values.emplace_back();
    for (std::size_t i = 0; i < mapped_.size(); ++i) {
      const double value = cell(row, mapped_[i], std::nan(""));
      check_value(row, i, value);
      person.values.back().push_back(value);
    }
    add_line(event, *drug_, static_cast<std::size_t>(drug_ - plan_.assembly.drugs.data()), units, person,
             [&](const char* name, std::string message, std::string hint) {
               problems_.add(where(name), std::move(message), std::move(hint));
             });
  }

  void check_value(std::size_t row, std::size_t i, double value) {
    const ColumnChange& change = table_.columns[i];
    if (std::isnan(value)) return;
    const Range range = change.is_covariate
                            ? between(known_covariates[change.index].low, known_covariates[change.index].high)
                            : plan_.population.parameters[change.index].row->range;
    if (!range.holds(value))
      problems_.add(csv_.at(row, static_cast<std::size_t>(mapped_[i])),
                    fmt::format("{} cannot be {}", csv_.header[static_cast<std::size_t>(mapped_[i])], value),
                    "is the unit right?");
  }

  const Plan& plan_;
  const EventsSection& section_;
  Problems& problems_;
  CsvTable csv_;
  EventTable table_;
  const DrugSlot* drug_ = nullptr;
  double amount_factor_ = 1.0;
  std::vector<int> mapped_;
};

}  // namespace

std::optional<EventTable> read_event_table(const Plan& plan, Problems& problems) {
  const EventsSection& section = *plan.scenario.events;
  const auto path = std::filesystem::path(plan.scenario.file).parent_path() / section.file;
  try {
    const std::string text = read_text(path, most_table_bytes, section.at("file"));
    CsvTable csv = read_csv(text, path.string(), problems);
    if (csv.lines.empty()) return std::nullopt;
    std::optional<EventTable> table = TableReader(plan, problems, std::move(csv)).read();
    Digest digest;
    digest.add(text);
    if (table) table->digest = digest.hex();
    return table;
  } catch (const ScenarioError& error) {
    problems.add(error.problems());
    return std::nullopt;
  }
}

}  // namespace nadir
