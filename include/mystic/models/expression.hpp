#pragma once

#include "mystic/core/point.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mystic {

/// A formula over named numbers: "2 * width + sqrt(height ^ 2 + 1)", "converged == 1 && residual <
/// 1e-6".
///
/// The language is muParser's: + - * / ^, < <= == != >= >, && ||, a ? b : c, sin cos tan asin acos atan
/// atan2 sinh cosh tanh exp ln log log2 log10 sqrt abs sign rint min max sum avg, the constants _pi and
/// _e. Nothing else can be called and nothing assigned; truth is 1, falsehood 0.
class Expression {
 public:
  /// @param names  what may be used, in the order of the values to come; those that are no identifiers
  ///               ([A-Za-z_][A-Za-z0-9_]*) cannot be
  /// @throws InvalidArgument saying what is wrong with the text and where
  Expression(std::string text, const std::vector<std::string>& names);
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  /// Its value, which may be NaN or infinite; `values` has one number per name. Any number of threads
  /// may ask at once.
  [[nodiscard]] double value(std::span<const double> values) const;

  /// Whether name number `index` appears.
  [[nodiscard]] bool uses(Index index) const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  struct Compiled;

  std::string text_;
  std::vector<Index> used_;  ///< by index into the names, rising
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace mystic
