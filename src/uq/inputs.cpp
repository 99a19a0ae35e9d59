#include "mystic/uq/inputs.hpp"

#include "mystic/core/options.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace mystic {
namespace {

constexpr Index block = 1024;  // points that stay in the cache while all their coordinates are looked at

// Lets `change` work on some rows of each column.
template <class Change>
void for_joined(Points& points, const std::vector<Index>& rows, Change change) {
  Vector together(static_cast<Index>(rows.size()));
  for (auto column : points.colwise()) {
    for (Index i = 0; i < together.size(); ++i) together[i] = column[rows[static_cast<std::size_t>(i)]];
    change(together);
    for (Index i = 0; i < together.size(); ++i) column[rows[static_cast<std::size_t>(i)]] = together[i];
  }
}

}  // namespace

Inputs& Inputs::add(std::string name, Law law) {
  require(!name.empty(), "inputs: the name of input {} is empty", names_.size());
  require(std::find(names_.begin(), names_.end(), name) == names_.end(),
          "inputs: there is an input '{}' already", name);
  names_.push_back(std::move(name));
  laws_.push_back(std::move(law));
  return *this;
}

Index Inputs::index_of(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  require(found != names_.end(), "inputs: there is no input '{}'{}", name, did_you_mean(name, names_));
  return found - names_.begin();
}

Inputs& Inputs::join(const std::vector<std::string>& names, Copula copula) {
  require(static_cast<Index>(names.size()) == copula.dimension(), "inputs: a {} cannot join {}",
          copula.text(), names.size());
  std::vector<Index> joined;
  for (const std::string& name : names) {
    const Index input = index_of(name);
    const auto holds = [input](const std::vector<Index>& inputs) {
      return std::find(inputs.begin(), inputs.end(), input) != inputs.end();
    };
    require(!holds(joined), "inputs: '{}' is named twice in one copula", name);
    require(std::none_of(joints_.begin(), joints_.end(),
                         [&](const Joint& joint) { return holds(joint.inputs); }),
            "inputs: '{}' is joined by another copula already", name);
    const Law& law = laws_[static_cast<std::size_t>(input)];
    require(!law.is_discrete(), "inputs: '{}' is discrete ({}): copulas join continuous inputs", name,
            law.text());
    joined.push_back(input);
  }
  joints_.push_back({std::move(joined), std::move(copula)});
  return *this;
}

void Inputs::require_inside(Index input, const Eigen::RowVectorXd& u) const {
  const auto [lower, upper] = laws_[static_cast<std::size_t>(input)].support();
  const auto is_joined = [input](const Joint& joint) {
    return std::find(joint.inputs.begin(), joint.inputs.end(), input) != joint.inputs.end();
  };
  const bool joined = std::any_of(joints_.begin(), joints_.end(), is_joined);
  const bool has_0 = !joined && std::isfinite(lower);
  const bool has_1 = !joined && std::isfinite(upper);
  const double least = has_0 ? 0.0 : std::numeric_limits<double>::denorm_min();
  const double most = has_1 ? 1.0 : 1.0 - 0x1p-53;
  require((u.array() >= least).all() && (u.array() <= most).all(),
          "inputs: a coordinate of the design is not in {}0, 1{} for '{}'", has_0 ? "[" : "(",
          has_1 ? "]" : ")", names_[static_cast<std::size_t>(input)]);
}

Points Inputs::from_unit(const Points& u) const {
  require(u.rows() == dimension(), "inputs: {} coordinates for {} inputs", u.rows(), dimension());
  for (Index i = 0; i < u.rows(); ++i) require_inside(i, u.row(i));
  Points x = u;
  for (const Joint& joint : joints_) {
    for_joined(x, joint.inputs, [&joint](Vector& together) { joint.copula.join(together); });
  }
  Vector row(std::min(x.cols(), block));
  for (Index first = 0; first < x.cols(); first += block) {
    const Index width = std::min(block, x.cols() - first);
    for (Index i = 0; i < x.rows(); ++i) {
      auto part = x.row(i).segment(first, width);
      row.head(width) = part.transpose();
      laws_[static_cast<std::size_t>(i)].to_quantiles({row.data(), static_cast<std::size_t>(width)});
      part = row.head(width).transpose();
    }
  }
  return x;
}

Points Inputs::to_unit(const Points& x) const {
  require(x.rows() == dimension(), "inputs: {} coordinates for {} inputs", x.rows(), dimension());
  Points u = x;
  for (Index i = 0; i < u.rows(); ++i) {
    const Law& law = laws_[static_cast<std::size_t>(i)];
    for (Index column = 0; column < u.cols(); ++column) {
      u(i, column) = std::clamp(law.cdf(u(i, column)), 1e-300, 1.0 - 0x1p-53);
    }
  }
  for (const Joint& joint : joints_) {
    for_joined(u, joint.inputs, [&joint](Vector& together) { joint.copula.part(together); });
  }
  return u;
}

}  // namespace mystic
