#include "sim/ensemble/identity.hpp"

#include "sim/base/digest.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/store/layout.hpp"

namespace nadir {

RunIdentity identity_of(const Plan& plan) {
  Digest digest;
  digest.add(plan.scenario.text);
  digest.add(plan.scenario.overrides);
  digest.add(plan.cohort_text);
  digest.add(plan.events ? plan.events->digest : std::string());
  digest.add(version);
  return {digest.hex(), std::string(version), std::string(format_version)};
}

}  // namespace nadir
