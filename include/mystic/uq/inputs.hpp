#pragma once

#include "mystic/uq/copula.hpp"
#include "mystic/uq/law.hpp"

#include <string>
#include <vector>

namespace mystic {

/// The uncertain inputs of a model: a law for each, and copulas between some of them. Maps designs,
/// which live in the open unit cube, to inputs, and back.
class Inputs {
 public:
  /// @throws InvalidArgument if there is an input of that name
  Inputs& add(std::string name, Law law);
  /// Joins inputs by a copula, in this order; all others are independent of them.
  /// @throws InvalidArgument if a name is not known, comes twice or is joined already, if the copula is
  ///         for another number of inputs, or if the law of one is discrete (the way back would not
  ///         exist)
  Inputs& join(const std::vector<std::string>& names, Copula copula);

  [[nodiscard]] Index dimension() const { return static_cast<Index>(laws_.size()); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<Law>& laws() const { return laws_; }
  [[nodiscard]] bool are_independent() const { return joints_.empty(); }

  /// Points of the model from points of a design, by copulas and quantiles.
  /// @param u  n x m in (0, 1): a point a column; also 0 and 1, the ends of the support, of inputs that
  ///           are joined by no copula and whose support ends
  /// @return n x m, finite
  /// @throws InvalidArgument if u has another number of rows or a coordinate outside
  [[nodiscard]] Points from_unit(const Points& u) const;
  /// The way back, by distribution functions. Coordinates outside the support of their law give 0 or 1,
  /// moved into (0, 1).
  [[nodiscard]] Points to_unit(const Points& x) const;

 private:
  struct Joint {
    std::vector<Index> inputs;
    Copula copula;
  };
  [[nodiscard]] Index index_of(const std::string& name) const;
  void require_inside(Index input, const Eigen::RowVectorXd& u) const;

  std::vector<std::string> names_;
  std::vector<Law> laws_;
  std::vector<Joint> joints_;
};

}  // namespace mystic
