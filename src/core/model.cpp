#include "mystic/core/model.hpp"

namespace mystic {

void Model::approach(const VectorView&, const Question&, Index, Outcome& outcome) const {
  outcome.fail(FailureKind::exception, "this model cannot be approached from another point");
}

}  // namespace mystic
