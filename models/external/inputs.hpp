#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/models/expression.hpp"
#include "mystic/models/external_options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::external {

/// What was found wrong with the options: one line each, beginning with the place in the study.
class Faults {
 public:
  void add(const std::string& place, const std::string& text) { lines_.push_back(place + ": " + text); }

  /// Adds what validate() would find, with the place in front. @return whether that is nothing
  template <class Options>
  bool add_broken(const std::string& place, const Options& options) {
    return add_lines(place, broken_options(options));
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(lines_); }

 private:
  bool add_lines(const std::string& place, const std::string& broken);

  std::vector<std::string> lines_;
};

/// All that placeholders and expressions may name: the inputs of the model, then the drawn seed, the
/// constants and the derived ones.
class Inputs {
 public:
  Inputs() = default;
  /// Reports what is wrong and leaves it out.
  Inputs(const ExternalModelOptions& options, Faults& faults);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// How many of them come first and are coordinates of a point.
  [[nodiscard]] std::size_t coordinates() const { return coordinates_; }

  /// One value per name.
  /// @throws InvalidArgument if a coordinate is no place among its choices, or a derived one is not
  ///         finite
  [[nodiscard]] std::vector<Value> values(const VectorView& x, const EvaluationId& id) const;

  /// The numbers of some values, for expressions.
  [[nodiscard]] static std::vector<double> numbers(const std::vector<Value>& values);

  /// Whether name number `index` can be a word.
  [[nodiscard]] bool can_be_word(std::size_t index) const;
  /// Given which names are used directly, adds those that derived ones in use need.
  void add_indirect_uses(std::vector<bool>& used) const;
  /// Of a derived name; nothing for others.
  [[nodiscard]] bool is_derived(std::size_t index) const { return index >= derived_from_; }

 private:
  void take_inputs(const ExternalModelOptions& options, Faults& faults);
  void take_constants(const ExternalModelOptions& options, Faults& faults);
  void take_derived(const ExternalModelOptions& options, Faults& faults);
  bool claim(const std::string& name, const std::string& place, Faults& faults);

  std::vector<std::string> names_;
  std::size_t coordinates_ = 0;
  std::vector<std::vector<Value>> choices_;  ///< per coordinate; empty: any number
  bool draws_seed_ = false;
  std::uint64_t seed_ = 0;
  std::vector<Value> constants_;
  std::size_t derived_from_ = 0;
  std::vector<Expression> derived_;
};

/// All of them as one JSON object, for codes that read one.
[[nodiscard]] std::string json_of(const std::vector<std::string>& names,
                                  const std::vector<Value>& values);

}  // namespace mystic::external
