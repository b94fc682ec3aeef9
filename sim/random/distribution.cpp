#include "sim/random/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/math/elementary.hpp"

namespace nadir {

namespace {

/// Coefficients from the highest power down.
template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
  double sum = c[0];
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + c[i];
  return sum;
}

constexpr std::array central_top{2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
                                 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
                                 1.3314166789178437745e2, 3.3871328727963666080e0};
constexpr std::array central_bottom{
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0};
constexpr std::array middle_top{7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                                1.27045825245236838258e0,  3.64784832476320460504e0,  5.76949722146069140550e0,
                                4.63033784615654529590e0,  1.42343711074968357734e0};
constexpr std::array middle_bottom{
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940e0,  2.05319162663775882187e0,  1.0};
constexpr std::array far_top{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                             2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
                             5.46378491116411436990e0,  6.65790464350110377720e0};
constexpr std::array far_bottom{
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2,  1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0};

constexpr std::array erf_top{1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
                             3.77485237685302021e2, 3.20937758913846947e3};
constexpr std::array erf_bottom{1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
                                2.84423683343917062e3};
constexpr std::array erfc_top{2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
                              6.61191906371416295e1,  2.98635138197400131e2,  8.81952221241769090e2,
                              1.71204761263407058e3,  2.05107837782607147e3,  1.23033935479799725e3};
constexpr std::array erfc_bottom{1.0,
                                 1.57449261107098347e1,
                                 1.17693950891312499e2,
                                 5.37181101862009858e2,
                                 1.62138957456669019e3,
                                 3.29079923573345963e3,
                                 4.36261909014324716e3,
                                 3.43936767414372164e3,
                                 1.23033935480374942e3};
constexpr std::array tail_top{1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
                              1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4};
constexpr std::array tail_bottom{1.0,
                                 2.56852019228982242e0,
                                 1.87295284992346047e0,
                                 5.27905102951428412e-1,
                                 6.05183413124413191e-2,
                                 2.33520497626869185e-3};
constexpr double inverse_root_pi = 5.6418958354775628695e-1;

/// erfc(x) for x ≥ 0.
double complementary_error(double x) {
  if (x <= 0.46875) {
    const double z = x * x;
    return 1.0 - x * polynomial(erf_top, z) / polynomial(erf_bottom, z);
  }
  if (x > 27.0) return 0.0;
  // e^{−x²} with x² split, so that the rounding of x² does not spoil it.
  const double head = std::floor(x * 16.0) / 16.0;
  const double decay = exp(-head * head) * exp(-(x - head) * (x + head));
  if (x <= 4.0) return decay * polynomial(erfc_top, x) / polynomial(erfc_bottom, x);
  const double z = 1.0 / (x * x);
  return decay / x * (inverse_root_pi - z * polynomial(tail_top, z) / polynomial(tail_bottom, z));
}

}  // namespace

double normal_quantile(double u) {
  const double q = u - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(central_top, r) / polynomial(central_bottom, r);
  }
  double r = std::sqrt(-log(q < 0.0 ? u : 1.0 - u));
  double z = 0.0;
  if (r <= 5.0) {
    r -= 1.6;
    z = polynomial(middle_top, r) / polynomial(middle_bottom, r);
  } else {
    r -= 5.0;
    z = polynomial(far_top, r) / polynomial(far_bottom, r);
  }
  return q < 0.0 ? -z : z;
}

double normal_cdf(double z) {
  const double half = 0.5 * complementary_error(std::fabs(z) * 0.70710678118654752440);
  return z > 0.0 ? 1.0 - half : half;
}

TruncatedNormal::TruncatedNormal(double mean, double sd, double low, double high)
    : mean_(mean),
      sd_(sd),
      low_(low),
      high_(high),
      below_(normal_cdf((low - mean) / sd)),
      share_(normal_cdf((high - mean) / sd) - below_) {}

double TruncatedNormal::quantile(double u) const {
  const double level = std::clamp(below_ + u * share_, 1e-300, 1.0 - 1e-16);
  return std::clamp(mean_ + sd_ * normal_quantile(level), low_, high_);
}

std::size_t choice_index(double u, std::span<const double> weights) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double rest = u * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    if (rest < weights[i]) return i;
    rest -= weights[i];
  }
  return weights.size() - 1;
}

}  // namespace nadir
