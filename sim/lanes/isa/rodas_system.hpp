#pragma once
/// The linear systems of Rodas5P: its numbers, its matrix, and their elimination with a pattern known beforehand.

#include "sim/lanes/implicit.hpp"
#include "sim/lanes/isa/values.hpp"

namespace {

namespace rodas {

constexpr int stages = 8;
constexpr double gamma = 0.21193756319429014;
constexpr double a[6][5] = {
    {},
    {3.0},
    {2.849394379747939, 0.45842242204463923},
    {-6.954028509809101, 2.489845061869568, -10.358996098473584},
    {2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641},
    {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946},
};
constexpr double c[8][7] = {
    {},
    {-14.155112264123755},
    {-17.97296035885952, -2.859693295451294},
    {147.12150275711716, -1.41221402718213, 71.68940251302358},
    {165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306},
    {24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471},
    {30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
     -28.087943162872662},
    {37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
     -54.66780262877968, -9.48861652309627},
};
constexpr double at[8] = {0.0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1.0, 1.0,
                          1.0};
constexpr double slope[8] = {0.21193756319429014,
                             -0.42387512638858027,
                             -0.3384627126235924,
                             1.8046452872882734,
                             2.325825639765069,
                             0.0,
                             0.0,
                             0.0};
constexpr double dense[3][8] = {
    {25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073,
     1.1241088310450404, 0.4272876194431874, -0.17202221070155493},
    {-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044,
     15.98066361424651, -6.789040303419874, -6.710236069923372},
    {11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654,
     -59.78993625266729, -0.15582684282751913, 4.883087185713722},
};

}  // namespace rodas

/// The rows of the method's own work.
struct Work {
  double* matrix;
  double* stage;         ///< 8 × states
  double* trial;         ///< states at a stage, at last those at the end of the step
  double* drift;         ///< ∂f/∂t
  double* between;       ///< states within the step
  double* amount_slope;  ///< rates of change of the drugs' amounts
  double* quartics;      ///< of the states that counts depend on

  Work(const Code& code, const Crew& crew, const Implicit& implicit) {
    const int n = code.states * width;
    matrix = crew.work;
    stage = matrix + implicit.slots * width;
    trial = stage + rodas::stages * n;
    drift = trial + n;
    between = drift + n;
    amount_slope = between + n;
    quartics = amount_slope + code.drugs * width;
  }
};

static void fill_matrix(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work,
                        const double* inverse_h) {
  for (int n = 0; n < implicit.slots; ++n) NADIR_CHUNKS(i) store(work.matrix + n * width + i, broadcast(0.0));
  for (int n = 0; n < implicit.derivative_count; ++n) {
    const auto& derivative = implicit.derivatives[n];
    if (derivative.by >= code.states) continue;
    const double* from = crew.values + derivative.row * width;
    double* to = work.matrix + derivative.slot * width;
    NADIR_CHUNKS(i) store(to + i, -load(from + i));
  }
  for (int s = 0; s < code.states; ++s) {
    double* to = work.matrix + implicit.diagonal[s] * width;
    NADIR_CHUNKS(i) store(to + i, load(to + i) + (1.0 / rodas::gamma) * load(inverse_h + i));
  }
}

static void eliminate(const Implicit& implicit, double* matrix) {
  for (int n = 0; n < implicit.elimination_count; ++n) {
    const Elimination& step = implicit.eliminations[n];
    double* to = matrix + step.to * width;
    const double* a = matrix + step.a * width;
    const double* b = matrix + step.b * width;
    switch (step.kind) {
      case Elimination::Kind::invert:
        NADIR_CHUNKS(i) store(to + i, 1.0 / load(to + i));
        break;
      case Elimination::Kind::scale:
        NADIR_CHUNKS(i) store(to + i, load(to + i) * load(a + i));
        break;
      case Elimination::Kind::subtract:
        NADIR_CHUNKS(i) store(to + i, load(to + i) - load(a + i) * load(b + i));
        break;
    }
  }
}

static void substitute(const Implicit& implicit, const double* matrix, double* x) {
  const auto* term = implicit.substitution_terms;
  for (int n = 0; n < implicit.substitution_count; ++n) {
    const auto& row = implicit.substitutions[n];
    double* to = x + row.to * width;
    const auto* end = term + row.terms;
    NADIR_CHUNKS(i) {
      Vec sum = load(to + i);
      for (const auto* t = term; t != end; ++t)
        sum -= load(matrix + t->slot * width + i) * load(x + t->from * width + i);
      store(to + i, row.pivot >= 0 ? sum * load(matrix + row.pivot * width + i) : sum);
    }
    term = end;
  }
}

/// ∂f/∂t: what moves while the states stand still are the drugs in closed form.
static void find_drift(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work) {
  for (int s = 0; s < code.states; ++s) NADIR_CHUNKS(i) store(work.drift + s * width + i, broadcast(0.0));
  for (int d = 0; d < crew.drug_count; ++d) {
    const int row = crew.drugs[d].row;
    double* moving = work.amount_slope + (row - code.first_drug()) * width;
    modes_slope(crew.drugs[d], moving);
    for (int n = 0; n < implicit.derivative_count; ++n) {
      const auto& derivative = implicit.derivatives[n];
      if (derivative.by != row - code.first_state()) continue;
      double* to = work.drift + derivative.state * width;
      const double* from = crew.values + derivative.row * width;
      NADIR_CHUNKS(i) store(to + i, load(to + i) + load(from + i) * load(moving + i));
    }
  }
}

}  // namespace
