#include "mystic/models/expression.hpp"

#include "external/printable.hpp"

#include "mystic/core/options.hpp"

#include <muParser.h>

#include <algorithm>
#include <mutex>
#include <string_view>

namespace mystic {

using external::in_quotes;

namespace {

// Formulas are written by hand; one that is longer is a mistake, or an attack on the parser's stack.
constexpr std::size_t longest = 10'000;

/// Where a single '=' stands, which muParser takes for an assignment; npos: nowhere.
std::size_t find_assignment(std::string_view text) {
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at)) {
    if (text.substr(at + 1).starts_with('=')) {
      at += 2;
    } else if (at > 0 && std::string_view("<>!").find(text[at - 1]) != std::string_view::npos) {
      ++at;
    } else {
      return at;
    }
  }
  return std::string_view::npos;
}

std::string unknown_name(const std::string& name, const std::string& text,
                         const std::vector<std::string>& names) {
  return fmt::format("{}: there is no '{}'{}; there are: {}", in_quotes(text), name,
                     did_you_mean(name, names), fmt::join(names, ", "));
}

}  // namespace

struct Expression::Compiled {
  mutable std::mutex turn;  ///< a parser computes in memory of its own
  mutable mu::Parser parser;
  mutable std::vector<double> slots;  ///< one per used name; the parser holds their addresses
};

Expression::Expression(std::string text, const std::vector<std::string>& names)
    : text_(std::move(text)), compiled_(std::make_unique<Compiled>()) {
  require(text_.find_first_not_of(" \t\r\n") != std::string::npos, "the expression is empty");
  require(text_.size() <= longest, "{}: longer than {} characters", in_quotes(text_), longest);
  require(text_.find('\0') == std::string::npos, "{}: holds a NUL byte", in_quotes(text_));
  const std::size_t assignment = find_assignment(text_);
  require(assignment == std::string::npos,
          "{}: '=' at offset {} assigns, and nothing can be assigned; '==' compares", in_quotes(text_),
          assignment);
  try {
    mu::Parser& parser = compiled_->parser;
    parser.SetExpr(text_);
    for (const auto& [name, address] : parser.GetUsedVar()) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) throw InvalidArgument(unknown_name(name, text_, names));
      used_.push_back(found - names.begin());
    }
    std::sort(used_.begin(), used_.end());
    compiled_->slots.resize(used_.size());
    for (std::size_t i = 0; i < used_.size(); ++i) {
      parser.DefineVar(names[static_cast<std::size_t>(used_[i])], &compiled_->slots[i]);
    }
    parser.Eval();  // what is wrong with the text shows only now
    require(parser.GetNumResults() == 1, "{}: is {} values, and must be one", in_quotes(text_),
            parser.GetNumResults());
  } catch (const mu::Parser::exception_type& error) {
    throw InvalidArgument(fmt::format("{}: {}", in_quotes(text_), in_quotes(error.GetMsg(), 200)));
  }
}

Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

double Expression::value(std::span<const double> values) const {
  const std::lock_guard lock(compiled_->turn);
  for (std::size_t i = 0; i < used_.size(); ++i) {
    compiled_->slots[i] = values[static_cast<std::size_t>(used_[i])];
  }
  try {
    return compiled_->parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    throw InvalidArgument(fmt::format("{}: {}", in_quotes(text_), in_quotes(error.GetMsg(), 200)));
  }
}

bool Expression::uses(Index index) const {
  return std::binary_search(used_.begin(), used_.end(), index);
}

}  // namespace mystic
