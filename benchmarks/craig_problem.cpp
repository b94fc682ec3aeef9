#include "benchmarks/craig_problem.hpp"

#include <algorithm>

namespace nadir::benchmark {

namespace {

// Places in the state.
enum Place : std::size_t {
  plasma,
  fast,
  slow1,
  slow2,
  depot,
  stem,
  cycling,
  dividing = 8,
  maturing = 13,
  reserve = 17,
  blood_cells,
  free_drug,
  bound_drug
};
constexpr std::size_t cycling_stages = 2, dividing_stages = 5, maturing_stages = 4;
constexpr double beside = 1e-9;  // as in models/structure/craig_chain.hpp
constexpr double millilitres = 1000.0;

double& at(double* matrix, std::size_t row, std::size_t column) { return matrix[row * CraigProblem::states + column]; }

}  // namespace

CraigProblem::CraigProblem(const CraigPatient& patient) : p(patient) {
  loss = cycling_stages / p.tau_s * (std::exp(p.gamma_s * p.tau_s / cycling_stages) - 1.0);
  turn = cycling_stages / p.tau_s;
  divide = dividing_stages / p.tau_np;
  mature = maturing_stages / p.a_nm;
  death = mature * (std::exp(p.gamma_nm / mature) - 1.0);
  inhibition0 = std::pow(beside, p.s_c);
  blood = p.phi * p.reserve0 / p.gamma_n;
  const double binding = p.k12 * std::pow(p.g0 / p.g_unit, p.power);
  bound = binding * p.receptors * (p.reserve0 + blood) / (p.k_int + p.k21 + binding);
  share = bound / (p.receptors * (p.reserve0 + blood));
  production = p.k_ren * p.g0 + p.k_int * bound;
  const double gain = (p.gamma_nr + p.phi) * p.reserve0 / (p.kappa * rest()[stem] * 1e-3);
  eta = (std::log(gain) + p.gamma_nm * p.a_nm) / p.tau_np;
  eta_slope = (eta - p.eta_min) * p.b_np / p.g0;
}

std::vector<Stretch> CraigProblem::schedule() const {
  constexpr double hour = 1.0 / 24.0, length = 14.0;
  const double rate = 4e3 * surface / hour, arriving = 300.0 * p.f;
  std::vector<Stretch> list;
  for (double start = 0.0; start < end; start += length) {
    list.push_back({start, start + hour, {}, rate, {}});
    list.push_back({start + hour, start + 4.0, {}, 0.0, {}});
    for (int day = 4; day < 14; ++day) list.push_back({start + day, start + day + 1.0, {arriving, depot}, 0.0, {}});
  }
  return with_stored_times(std::move(list), spacing);
}

CraigProblem::State CraigProblem::rest() const {
  State x{};
  const double beta = (p.kappa + p.kdelta) / (2.0 * std::exp(-p.gamma_s * p.tau_s) - 1.0);
  x[stem] = p.theta2 * std::pow(p.fq / beta - 1.0, 1.0 / p.s2);
  double flow = beta * x[stem];
  for (std::size_t i = 0; i < cycling_stages; ++i) flow = turn * (x[cycling + i] = flow / (turn + loss));
  const double stage_gain = divide * (1.0 - std::exp(-eta / divide));
  flow = 1e-3 * p.kappa * x[stem];
  for (std::size_t i = 0; i < dividing_stages; ++i) flow = divide * (x[dividing + i] = flow / (divide - stage_gain));
  for (std::size_t i = 0; i < maturing_stages; ++i) flow = mature * (x[maturing + i] = flow / (mature + death));
  x[reserve] = p.reserve0, x[blood_cells] = blood, x[free_drug] = p.g0, x[bound_drug] = bound;
  return x;
}

CraigProblem::Rates CraigProblem::current(const double* x) const {
  Rates r;
  r.entry = p.fq / (1.0 + std::pow(x[stem] / p.theta2, p.s2));
  r.divided = 1.0 + std::pow(x[plasma] / p.vc / p.ec50 + beside, p.s_c) - inhibition0;
  const double excess = x[free_drug] - p.g0;
  r.eta = (eta + eta_slope * excess / (x[free_drug] + p.b_np)) / r.divided;
  r.speed = 1.0 + (p.v_max - 1.0) * excess / (excess + p.b_v);
  const double above = x[bound_drug] / (p.receptors * (x[reserve] + x[blood_cells])) - share;
  r.release = p.phi + (p.phi_max - p.phi) * above / (above + p.b_g);
  r.free_power = std::pow(x[free_drug] / p.g_unit, p.power);
  return r;
}

void CraigProblem::rates(double, const double* x, double* dx) const {
  const Rates r = current(x);
  dx[plasma] = infusion + p.k21c * x[fast] + p.k31c * x[slow1] - (p.k12c + p.k13c + p.kel) * x[plasma];
  dx[fast] = p.k12c * x[plasma] + p.k42c * x[slow2] - (p.k21c + p.k24c) * x[fast];
  dx[slow1] = p.k13c * x[plasma] - p.k31c * x[slow1];
  dx[slow2] = p.k24c * x[fast] - p.k42c * x[slow2];
  dx[depot] = -p.ka * x[depot];
  double flow = r.entry * x[stem];
  dx[stem] = 2.0 * turn * x[cycling + cycling_stages - 1] - flow - (p.kappa + p.kdelta) * x[stem];
  const double lost = loss + p.h_q * x[plasma] / p.vc;
  for (std::size_t i = 0; i < cycling_stages; ++i) {
    dx[cycling + i] = flow - (turn + lost) * x[cycling + i];
    flow = turn * x[cycling + i];
  }
  const double net = -divide * std::exp(-r.eta / divide), ageing = mature * r.speed;
  flow = 1e-3 * p.kappa * x[stem];
  for (std::size_t i = 0; i < dividing_stages; ++i) {
    dx[dividing + i] = flow + net * x[dividing + i];
    flow = divide * x[dividing + i];
  }
  for (std::size_t i = 0; i < maturing_stages; ++i) {
    dx[maturing + i] = flow - (ageing + death) * x[maturing + i];
    flow = ageing * x[maturing + i];
  }
  dx[reserve] = flow - (p.gamma_nr + r.release) * x[reserve];
  dx[blood_cells] = r.release * x[reserve] - p.gamma_n * x[blood_cells];
  const double binding = p.k12 * (p.receptors * (x[reserve] + x[blood_cells]) - x[bound_drug]) * r.free_power;
  dx[free_drug] =
      production + p.ka * x[depot] * millilitres / p.vd - p.k_ren * x[free_drug] - binding + p.k21 * x[bound_drug];
  dx[bound_drug] = binding - (p.k_int + p.k21) * x[bound_drug];
}

void CraigProblem::jacobian(double, const double* x, double* m) const {
  const Rates r = current(x);
  differentiate_drugs(m);
  differentiate_stem_cells(x, r, m);
  differentiate_marrow(x, r, m);
  differentiate_release(x, r, m);
  differentiate_binding(x, r, m);
}

void CraigProblem::differentiate_drugs(double* m) const {
  at(m, plasma, plasma) = -(p.k12c + p.k13c + p.kel), at(m, plasma, fast) = p.k21c, at(m, plasma, slow1) = p.k31c;
  at(m, fast, plasma) = p.k12c, at(m, fast, fast) = -(p.k21c + p.k24c), at(m, fast, slow2) = p.k42c;
  at(m, slow1, plasma) = p.k13c, at(m, slow1, slow1) = -p.k31c;
  at(m, slow2, fast) = p.k24c, at(m, slow2, slow2) = -p.k42c;
  at(m, depot, depot) = -p.ka;
}

void CraigProblem::differentiate_stem_cells(const double* x, const Rates& r, double* m) const {
  const double power = std::pow(x[stem] / p.theta2, p.s2);
  const double entering = r.entry * (1.0 - p.s2 * power / (1.0 + power));  // slope of entry·stem
  const double lost = loss + p.h_q * x[plasma] / p.vc;
  at(m, stem, stem) = -entering - (p.kappa + p.kdelta);
  at(m, stem, cycling + cycling_stages - 1) = 2.0 * turn;
  for (std::size_t i = 0; i < cycling_stages; ++i) {
    const std::size_t row = cycling + i;
    at(m, row, row) = -(turn + lost), at(m, row, plasma) = -p.h_q / p.vc * x[row];
    at(m, row, i == 0 ? stem : row - 1) = i == 0 ? entering : turn;
  }
}

void CraigProblem::differentiate_marrow(const double* x, const Rates& r, double* m) const {
  const double relative = x[plasma] / p.vc / p.ec50 + beside;
  const double by_plasma = -r.eta / r.divided * p.s_c * std::pow(relative, p.s_c - 1.0) / (p.vc * p.ec50);
  const double g = x[free_drug], excess = g - p.g0;
  const double by_free = eta_slope * (p.b_np + p.g0) / ((g + p.b_np) * (g + p.b_np)) / r.divided;
  const double decline = std::exp(-r.eta / divide);  // slope of a stage's gain by eta
  for (std::size_t i = 0; i < dividing_stages; ++i) {
    const std::size_t row = dividing + i;
    at(m, row, row) = -divide * decline, at(m, row, i == 0 ? stem : row - 1) = i == 0 ? 1e-3 * p.kappa : divide;
    at(m, row, plasma) = decline * by_plasma * x[row], at(m, row, free_drug) = decline * by_free * x[row];
  }
  const double ageing = mature * r.speed;
  const double faster = mature * (p.v_max - 1.0) * p.b_v / ((excess + p.b_v) * (excess + p.b_v));
  for (std::size_t i = 0; i < maturing_stages; ++i) {
    const std::size_t row = maturing + i;
    at(m, row, row) = -(ageing + death), at(m, row, row - 1) = i == 0 ? divide : ageing;
    at(m, row, free_drug) = faster * ((i == 0 ? 0.0 : x[row - 1]) - x[row]);
  }
  at(m, reserve, maturing + maturing_stages - 1) = ageing;
  at(m, reserve, free_drug) = faster * x[maturing + maturing_stages - 1];
}

void CraigProblem::differentiate_release(const double* x, const Rates& r, double* m) const {
  const double cells = x[reserve] + x[blood_cells], occupied = x[bound_drug] / (p.receptors * cells);
  const double shifted = occupied - share + p.b_g;
  const double opening = (p.phi_max - p.phi) * p.b_g / (shifted * shifted);  // slope of the release by the share
  const double by_cells = -opening * occupied / cells, by_bound = opening / (p.receptors * cells);
  at(m, reserve, reserve) = -(p.gamma_nr + r.release) - by_cells * x[reserve];
  at(m, reserve, blood_cells) = -by_cells * x[reserve], at(m, reserve, bound_drug) = -by_bound * x[reserve];
  at(m, blood_cells, reserve) = r.release + by_cells * x[reserve];
  at(m, blood_cells, blood_cells) = by_cells * x[reserve] - p.gamma_n;
  at(m, blood_cells, bound_drug) = by_bound * x[reserve];
}

void CraigProblem::differentiate_binding(const double* x, const Rates& r, double* m) const {
  const double unoccupied = p.receptors * (x[reserve] + x[blood_cells]) - x[bound_drug], rate = p.k12 * r.free_power;
  const double by_free = p.power * rate * unoccupied / x[free_drug];
  at(m, free_drug, depot) = p.ka * millilitres / p.vd;
  at(m, free_drug, free_drug) = -p.k_ren - by_free, at(m, free_drug, bound_drug) = rate + p.k21;
  at(m, free_drug, reserve) = at(m, free_drug, blood_cells) = -rate * p.receptors;
  at(m, bound_drug, free_drug) = by_free, at(m, bound_drug, bound_drug) = -rate - p.k_int - p.k21;
  at(m, bound_drug, reserve) = at(m, bound_drug, blood_cells) = rate * p.receptors;
}

}  // namespace nadir::benchmark
