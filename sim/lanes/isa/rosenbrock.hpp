/// Rodas5P, a stiffly accurate Rosenbrock method of order 5 with eight stages and dense output of order 4 (Steinebach,
/// BIT 63:27, 2023). Each lane has its own step, is accepted or refused on its own, and has its own matrix.

namespace {

using nadir::lanes::Elimination;
using nadir::lanes::Implicit;

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
                        const double* h) {
  for (int n = 0; n < implicit.slots * width; n += vector_length) store(work.matrix + n, broadcast(0.0));
  for (int n = 0; n < implicit.derivative_count; ++n) {
    const auto& derivative = implicit.derivatives[n];
    if (derivative.by >= code.states) continue;
    const double* from = crew.values + derivative.row * width;
    double* to = work.matrix + derivative.slot * width;
    NADIR_CHUNKS(i) store(to + i, -load(from + i));
  }
  for (int s = 0; s < code.states; ++s) {
    double* to = work.matrix + implicit.diagonal[s] * width;
    NADIR_CHUNKS(i) store(to + i, load(to + i) + 1.0 / (rodas::gamma * load(h + i)));
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
  for (int n = 0; n < implicit.substitution_count; ++n) {
    const auto& step = implicit.substitutions[n];
    double* to = x + step.to * width;
    const double* slot = matrix + step.slot * width;
    const double* from = x + step.from * width;
    if (step.to == step.from) {
      NADIR_CHUNKS(i) store(to + i, load(to + i) * load(slot + i));
    } else {
      NADIR_CHUNKS(i) store(to + i, load(to + i) - load(slot + i) * load(from + i));
    }
  }
}

/// ∂f/∂t: what moves while the states stand still are the drugs in closed form.
static void find_drift(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work) {
  for (int n = 0; n < code.states * width; n += vector_length) store(work.drift + n, broadcast(0.0));
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

/// A first step in which no state moves by more than a hundredth of its size, at most a day.
static void choose_first(const Code& code, const Crew& crew, const double* step) {
  NADIR_CHUNKS(i) {
    Vec first = broadcast(1.0);
    for (int s = 0; s < code.states; ++s) {
      const Vec size = absolute(load(crew.states + s * width + i)) + 1e4 * crew.accuracy.absolute[s];
      const Vec rate = absolute(load(crew.values + code.rates[s] * width + i));
      first = select(rate * first > 0.01 * size, 0.01 * size / rate, first);
    }
    const Vec proposed = load(crew.proposed + i);
    store(const_cast<double*>(step) + i, select(proposed > 0.0, proposed, first));
  }
}

/// Solves stage `s`; the equations were evaluated at its states.
static void solve_stage(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work, const double* h,
                        int s) {
  const int n = code.states * width;
  double* k = work.stage + s * n;
  for (int state = 0; state < code.states; ++state) {
    NADIR_CHUNKS(i) {
      const int at = state * width + i;
      const Vec step = load(h + i);
      Vec sum = broadcast(0.0);
      for (int j = 0; j < s; ++j) sum += rodas::c[s][j] * load(work.stage + j * n + at);
      Vec right = load(crew.values + code.rates[state] * width + i) + sum / step;
      if (rodas::slope[s] != 0.0) right += rodas::slope[s] * step * load(work.drift + at);
      store(k + at, right);
    }
  }
  substitute(implicit, work.matrix, k);
}

/// The states at which stage `s` is evaluated, into work.trial.
static void place_stage(const Code& code, const Crew& crew, const Work& work, int s) {
  const int n = code.states * width;
  for (int at = 0; at < n; at += vector_length) {
    Vec x;
    if (s < 6) {
      x = load(crew.states + at);
      for (int j = 0; j < s; ++j) x += rodas::a[s][j] * load(work.stage + j * n + at);
    } else {
      x = load(work.trial + at) + load(work.stage + (s - 1) * n + at);
    }
    store(work.trial + at, x);
  }
}

/// Largest error of a state in units of the tolerance; not a number where anything is none.
NADIR_INLINE Vec error_of_step(const Code& code, const Crew& crew, const Work& work, int i) {
  Vec worst = broadcast(0.0), sum = broadcast(0.0);
  for (int s = 0; s < code.states; ++s) {
    const int at = s * width + i;
    const Vec size = larger(absolute(load(crew.states + at)), absolute(load(work.trial + at)));
    const Vec error = absolute(load(work.stage + 7 * code.states * width + at)) /
                      (crew.accuracy.absolute[s] + crew.accuracy.relative * size);
    worst = larger(worst, error);
    sum += error + 0.0 * load(work.trial + at);
  }
  return select(sum < nadir::math_detail::infinity, worst, sum - sum + broadcast(nadir::math_detail::nan));
}

/// Accepts or refuses the step of each lane; accepted ones have a length above zero afterwards.
static void decide(const Code& code, const Crew& crew, const Work& work, const double* h) {
  NADIR_CHUNKS(i) {
    const Vec now = load(crew.time + i), limit = load(crew.limit + i), step = load(h + i);
    const Vec error = error_of_step(code, crew, work, i);
    const Int open = limit > now, finite = error == error, good = open & (error <= 1.0);
    const Vec bounded = larger(select(finite, error, broadcast(1.0)), broadcast(1e-8));
    const Vec factor = smaller(0.9 * exp(log(bounded) * -0.2), broadcast(5.0));
    const Vec next = step * select(finite, larger(factor, broadcast(0.1)), broadcast(0.25));
    const Int to_limit = step >= limit - now;
    store(crew.begin + i, now);
    store(crew.length + i, select(good, step, broadcast(0.0)));
    store(crew.time + i, select(good, select(to_limit, limit, now + step), now));
    // A step that was cut short by the limit says little about the next one.
    const Vec proposed = load(crew.proposed + i);
    const Vec kept = select(good & to_limit & (proposed > next), proposed, next);
    store(crew.proposed + i, select(open, kept, proposed));
    const Vec smallest = 1e-14 * larger(absolute(now), broadcast(1e-3));
    store(crew.failed + i, select(open & ~good & (next <= smallest), broadcast(1.0), broadcast(0.0)));
  }
}

/// A count's polynomial from its values at θ = 0, ¼, ½, ¾, 1.
NADIR_INLINE void quartic_through(const double* nodes, int stride, double* c) {
  NADIR_CHUNKS(i) {
    Vec y[5];
    for (int n = 0; n < 5; ++n) y[n] = load(nodes + n * stride + i);
    store(c + i, y[0]);
    store(c + width + i, (-25.0 * y[0] + 48.0 * y[1] - 36.0 * y[2] + 16.0 * y[3] - 3.0 * y[4]) / 3.0);
    store(c + 2 * width + i, (70.0 * y[0] - 208.0 * y[1] + 228.0 * y[2] - 112.0 * y[3] + 22.0 * y[4]) / 3.0);
    store(c + 3 * width + i, (-80.0 * y[0] + 288.0 * y[1] - 384.0 * y[2] + 224.0 * y[3] - 48.0 * y[4]) / 3.0);
    store(c + 4 * width + i, (32.0 * y[0] - 128.0 * y[1] + 192.0 * y[2] - 128.0 * y[3] + 32.0 * y[4]) / 3.0);
  }
}

/// Dense output of state `s` as a quartic in θ.
NADIR_INLINE void state_quartic(const Code& code, const Crew& crew, const Work& work, int s, double* c) {
  const int n = code.states * width;
  NADIR_CHUNKS(i) {
    const int at = s * width + i;
    Vec part[3];
    for (int d = 0; d < 3; ++d) {
      part[d] = broadcast(0.0);
      for (int j = 0; j < rodas::stages; ++j) part[d] += rodas::dense[d][j] * load(work.stage + j * n + at);
    }
    const Vec begin = load(crew.states + at);
    store(c + i, begin);
    store(c + width + i, (load(work.trial + at) - begin) + part[0]);
    store(c + 2 * width + i, part[1] - part[0]);
    store(c + 3 * width + i, part[2] - part[1]);
    store(c + 4 * width + i, -part[2]);
  }
}

/// Counts that are results of instructions: their values at five points of the step.
static void follow_counts(const Code& code, Crew& crew, const Implicit& implicit, const Work& work, const double* h) {
  double after[width] __attribute__((aligned(64)));
  for (int f = 0; f < implicit.followed_count; ++f)
    state_quartic(code, crew, work, implicit.followed[f], work.quartics + 5 * width * f);
  for (int node = 0; node < 5; ++node) {
    const double theta = 0.25 * node;
    for (int f = 0; f < implicit.followed_count; ++f) {
      const double* c = work.quartics + 5 * width * f;
      NADIR_CHUNKS(i) {
        Vec x = load(c + 4 * width + i);
        for (int k = 3; k >= 0; --k) x = x * theta + load(c + k * width + i);
        store(work.between + implicit.followed[f] * width + i, x);
      }
    }
    NADIR_CHUNKS(i) store(after + i, theta * load(h + i));
    place_inputs(code, crew, work.between, after);
    evaluate(implicit.count_body, implicit.count_instructions, crew.values);
    for (int c = 0; c < code.counts; ++c) {
      double* to = crew.counts + (c * (nadir::lanes::most_degree + 1) + 5 + node) * width;
      NADIR_CHUNKS(i) store(to + i, load(crew.values + code.signals[c] * width + i));
    }
  }
  for (int c = 0; c < code.counts; ++c) {
    double* to = crew.counts + c * (nadir::lanes::most_degree + 1) * width;
    quartic_through(to + 5 * width, width, to);
  }
}

static void rosenbrock_step(const Code& code, Crew& crew, const Implicit& implicit) {
  const Work work(code, crew, implicit);
  double h[width] __attribute__((aligned(64))), after[width] __attribute__((aligned(64)));
  NADIR_CHUNKS(i) store(after + i, broadcast(0.0));
  place_inputs(code, crew, crew.states, after);
  evaluate(code.body, code.instructions, crew.values);
  evaluate(implicit.body, implicit.instructions, crew.values);
  find_drift(code, crew, implicit, work);
  choose_first(code, crew, h);
  NADIR_CHUNKS(i) {
    const Vec room = load(crew.limit + i) - load(crew.time + i), wish = load(h + i);
    store(crew.proposed + i, wish);
    // A lane that waits computes with a day and changes nothing.
    store(h + i, select(room > 0.0, select(wish * 1.01 >= room, room, wish), broadcast(1.0)));
  }
  fill_matrix(code, crew, implicit, work, h);
  eliminate(implicit, work.matrix);
  for (int s = 0; s < rodas::stages; ++s) {
    if (s > 0) {
      place_stage(code, crew, work, s);
      NADIR_CHUNKS(i) store(after + i, rodas::at[s] * load(h + i));
      place_inputs(code, crew, work.trial, after);
      evaluate(code.body, code.instructions, crew.values);
    }
    solve_stage(code, crew, implicit, work, h, s);
  }
  place_stage(code, crew, work, rodas::stages);
  decide(code, crew, work, h);
  if (code.counts_are_states) {
    for (int c = 0; c < code.counts; ++c)
      state_quartic(code, crew, work, code.signals[c] - code.first_state(),
                    crew.counts + c * (nadir::lanes::most_degree + 1) * width);
  } else {
    follow_counts(code, crew, implicit, work, h);
  }
  for (int s = 0; s < code.states; ++s) {
    NADIR_CHUNKS(i) {
      const int at = s * width + i;
      store(crew.states + at, select(load(crew.length + i) > 0.0, load(work.trial + at), load(crew.states + at)));
    }
  }
  crew.degree = 4;
}

}  // namespace
