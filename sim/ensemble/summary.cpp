#include "sim/ensemble/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/ensemble/bands.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/metric/grade.hpp"

namespace nadir {

namespace {

struct Estimate {
  double value = std::nan("");
  double error = std::nan("");
};

/// Mean and its standard error.
Estimate mean(const std::vector<double>& x) {
  const auto n = static_cast<double>(x.size());
  if (x.empty()) return {};
  double sum = 0.0, squares = 0.0;
  for (const double v : x) sum += v;
  for (const double v : x) squares += (v - sum / n) * (v - sum / n);
  return {sum / n, x.size() > 1 ? std::sqrt(squares / (n - 1.0) / n) : std::nan("")};
}

/// Quantile and its standard error from the order statistics one binomial standard deviation away.
Estimate quantile_with_error(std::vector<double> x, double level) {
  if (x.empty()) return {};
  std::sort(x.begin(), x.end());
  const auto n = static_cast<double>(x.size());
  const auto at = [&](double share) {
    const double place = std::clamp(share, 0.0, 1.0) * (n - 1.0);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, x.size() - 1);
    return x[below] + (place - static_cast<double>(below)) * (x[above] - x[below]);
  };
  const double spread = std::sqrt(level * (1.0 - level) / n);
  return {at(level), x.size() > 1 ? 0.5 * (at(level + spread) - at(level - spread)) : std::nan("")};
}

Estimate share(std::size_t part, std::size_t whole) {
  if (whole == 0) return {};
  const double p = static_cast<double>(part) / static_cast<double>(whole);
  return {100.0 * p, whole > 1 ? 100.0 * std::sqrt(p * (1.0 - p) / static_cast<double>(whole)) : std::nan("")};
}

std::string print(const Estimate& e, int digits) {
  if (std::isnan(e.value)) return "–";
  if (std::isnan(e.error)) return fmt::format("{:.{}f}", e.value, digits);
  return fmt::format("{:.{}f} ± {:.{}f}", e.value, digits, e.error, digits);
}

/// A line: what, first cycle, whole course. fmt counts the bytes of "±" and "–", so the padding is ours.
std::string line(const std::string& what, const std::string& first, const std::string& all) {
  const auto pad = [](const std::string& text, std::size_t width) {
    const auto bytes = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    const auto length = static_cast<std::size_t>(bytes);
    return text + std::string(length < width ? width - length : 1, ' ');
  };
  return "  " + pad(what, 38) + pad(first, 20) + all + "\n";
}

class Table {
 public:
  Table(const Plan& plan, const SummarySource& source, const MarrowModel& marrow)
      : plan_(plan), source_(source), name_(marrow.signal.name), marrow_(marrow) {}

  std::string print_all() const {
    const bool several = plan_.cycles.size() > 1;
    std::string text = fmt::format("\n{} ({}), {}\n", marrow_.signal.meaning, marrow_.signal.unit, marrow_.id);
    text += line("", "first cycle", several ? fmt::format("all {} cycles", plan_.cycles.size()) : "");
    const auto row = [&](const std::string& what, auto statistic) {
      text += line(what, statistic(true), several ? statistic(false) : "");
    };
    row("nadir, median", [&](bool f) { return print(quantile_with_error(get("nadir", f), 0.5), 3); });
    row("nadir, 5 % and 95 %", [&](bool f) {
      return print(quantile_with_error(get("nadir", f), 0.05), 3)
          .append("; ")
          .append(print({quantile_with_error(get("nadir", f), 0.95).value}, 3));
    });
    row("day of nadir, median (first day 0)",
        [&](bool f) { return print(quantile_with_error(get("nadir_time", f), 0.5), 2); });
    grades(text, several);
    const MetricsSection& t = plan_.scenario.metrics;
    row(fmt::format("days below {:g}, mean", t.severe), [&](bool f) { return print(mean(get("dsn", f)), 2); });
    row(fmt::format("days below {:g}, longest stretch, mean", t.severe),
        [&](bool f) { return print(mean(get("dsn_longest", f)), 2); });
    row(fmt::format("days below {:g} as visits show it, mean", t.severe),
        [&](bool f) { return print(mean(get("dsn_visits", f)), 2); });
    row(fmt::format("days below {:g}, mean", t.profound), [&](bool f) { return print(mean(get("profound", f)), 2); });
    row(fmt::format("back to {:g}, median day", t.recovery),
        [&](bool f) { return print(quantile_with_error(get("recovery", f), 0.5), 2); });
    row(fmt::format("back to {:g} in the window, %", t.recovery),
        [&](bool f) { return print(share(get("recovery", f).size(), get("nadir", f).size()), 1); });
    return text;
  }

 private:
  void grades(std::string& text, bool several) const {
    const GradeScale* scale = grade_scale(name_);
    if (scale == nullptr) return;
    for (int g = 0; g <= 4; ++g) {
      const auto count = [&](bool first) {
        const auto nadirs = get("nadir", first);
        const auto in = std::count_if(nadirs.begin(), nadirs.end(), [&](double v) { return grade(*scale, v) == g; });
        return print(share(static_cast<std::size_t>(in), nadirs.size()), 1);
      };
      const std::string what = g == 0   ? fmt::format("grade 0 (at least {:g}), %", scale->below[0])
                               : g == 4 ? fmt::format("grade 4 {} (below {:g}), %", scale->title, scale->below[3])
                                        : fmt::format("grade {}, %", g);
      text += line(what, count(true), several ? count(false) : "");
    }
  }

  /// A metric of all patients that have it, in the first cycle or the whole course.
  std::vector<double> get(const std::string& metric, bool first) const {
    std::vector<double> values =
        source_.column(name_ + (first ? ".cycle." : ".") + metric, first ? plan_.cycles.size() : 1);
    std::erase_if(values, [](double value) { return std::isnan(value); });
    return values;
  }

  const Plan& plan_;
  const SummarySource& source_;
  std::string name_;
  const MarrowModel& marrow_;
};

}  // namespace

SummarySource source_of(const Dataset& dataset) {
  const auto& status = std::get<std::vector<std::int8_t>>(dataset.variables[*find(dataset, "status")].values);
  const auto good = static_cast<std::size_t>(std::count(status.begin(), status.end(), 0));
  return {status.size(), status.size() - good, [&dataset](const std::string& name, std::size_t row) {
            std::vector<double> values;
            const auto index = find(dataset, name);
            if (!index) return values;
            const auto& all = std::get<std::vector<double>>(dataset.variables[*index].values);
            for (std::size_t i = 0; i < all.size(); i += row) values.push_back(all[i]);
            return values;
          }};
}

SummarySource source_of(const InputFile& file) {
  std::size_t patients = 0, good = 0;
  file.stream(*find(file.header(), "status"), 1, [&](std::span<const std::byte> status) {
    patients += status.size();
    good += static_cast<std::size_t>(std::count(status.begin(), status.end(), std::byte{0}));
  });
  return {patients, patients - good, [&file](const std::string& name, std::size_t row) {
            const auto index = find(file.header(), name);
            return index ? file.column(*index, row) : std::vector<double>{};
          }};
}

std::string summary(const Plan& plan, const SummarySource& source) {
  std::string text = plan.scenario.root.title.empty() ? "" : plan.scenario.root.title + "\n";
  text += fmt::format("{} virtual patient{}, seed {}; {} not finished; ± is the Monte Carlo standard error\n",
                      source.patients, source.patients == 1 ? "" : "s", plan.population.seed, source.failed);
  for (const MarrowSlot& marrow : plan.assembly.marrows) text += Table(plan, source, *marrow.model).print_all();
  return text + "\n" + std::string(disclaimer) + "\n";
}

}  // namespace nadir
