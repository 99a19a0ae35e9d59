#include "inputs.hpp"

#include "printable.hpp"

#include "mystic/core/random.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace mystic::external {

bool Faults::add_lines(const std::string& place, const std::string& broken) {
  constexpr std::string_view line_begin = "\n  ";
  for (std::size_t at = 0; at < broken.size();) {
    const std::size_t begin = at + line_begin.size();
    at = std::min(broken.find(line_begin, begin), broken.size());
    lines_.push_back(place + broken.substr(begin, at - begin));
  }
  return broken.empty();
}

Inputs::Inputs(const ExternalModelOptions& options, Faults& faults) : seed_(options.seed) {
  take_inputs(options, faults);
  take_constants(options, faults);
  take_derived(options, faults);
}

bool Inputs::claim(const std::string& name, const std::string& place, Faults& faults) {
  if (name.empty()) {
    faults.add(place, "has no name");
  } else if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
    faults.add(place, in_quotes(name) + " is there twice");
  } else {
    names_.push_back(name);
    return true;
  }
  return false;
}

void Inputs::take_inputs(const ExternalModelOptions& options, Faults& faults) {
  if (options.inputs.empty()) faults.add("model.inputs", "an external model needs at least one");
  for (std::size_t i = 0; i < options.inputs.size(); ++i) {
    // Twice or nameless, it keeps its coordinate.
    if (!claim(options.inputs[i], fmt::format("model.inputs[{}]", i), faults)) {
      names_.push_back(options.inputs[i]);
    }
    const auto choices = options.choices.find(options.inputs[i]);
    choices_.push_back(choices == options.choices.end() ? std::vector<Value>{} : choices->second);
  }
  coordinates_ = names_.size();
  draws_seed_ = !options.seed_input.empty();
  if (draws_seed_) draws_seed_ = claim(options.seed_input, "model.seed_input", faults);
}

void Inputs::take_constants(const ExternalModelOptions& options, Faults& faults) {
  for (const auto& [name, value] : options.fixed) {
    const std::string place = "model.fixed." + printable(name);
    if (!claim(name, place, faults)) continue;
    constants_.push_back(value);
    if (!std::isfinite(value.number))
      faults.add(place, fmt::format("is {}; must be finite", value.number));
  }
}

void Inputs::take_derived(const ExternalModelOptions& options, Faults& faults) {
  derived_from_ = names_.size();
  for (const auto& [name, text] : options.derived) {
    const std::string place = "model.derived." + printable(name);
    try {
      Expression expression(text, names_);
      if (claim(name, place, faults)) derived_.push_back(std::move(expression));
    } catch (const InvalidArgument& error) {
      faults.add(place, error.what());
    }
  }
}

std::vector<Value> Inputs::values(const VectorView& x, const EvaluationId& id) const {
  std::vector<Value> values;
  values.reserve(names_.size());
  for (std::size_t i = 0; i < coordinates_; ++i) {
    const double number = x[static_cast<Index>(i)];
    const std::vector<Value>& choices = choices_[i];
    if (choices.empty()) {
      values.emplace_back(number);
      continue;
    }
    const bool is_place =
        number == std::round(number) && number >= 0 && number < static_cast<double>(choices.size());
    require(is_place, "'{}' = {} is no place among its {} choices, counted from 0", names_[i], number,
            choices.size());
    values.push_back(choices[static_cast<std::size_t>(number)]);
  }
  if (draws_seed_) {
    Random random = stream(seed_, id);
    values.emplace_back(std::floor(uniform(random) * 2147483648.0));
  }
  values.insert(values.end(), constants_.begin(), constants_.end());
  if (derived_.empty()) return values;
  std::vector<double> known = numbers(values);
  for (const Expression& expression : derived_) {
    const double result = expression.value(known);
    require(std::isfinite(result), "the derived input '{}' = {} is {}", names_[known.size()],
            expression.text(), result);
    known.push_back(result);
    values.emplace_back(result);
  }
  return values;
}

std::vector<double> Inputs::numbers(const std::vector<Value>& values) {
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (const Value& value : values) numbers.push_back(value.number);
  return numbers;
}

bool Inputs::can_be_word(std::size_t index) const {
  const auto is_word = [](const Value& value) { return value.is_word; };
  if (index < coordinates_) {
    return std::any_of(choices_[index].begin(), choices_[index].end(), is_word);
  }
  const std::size_t first = coordinates_ + (draws_seed_ ? 1 : 0);
  return index >= first && index < derived_from_ && constants_[index - first].is_word;
}

void Inputs::add_indirect_uses(std::vector<bool>& used) const {
  for (std::size_t d = derived_.size(); d-- > 0;) {
    if (!used[derived_from_ + d]) continue;
    for (std::size_t i = 0; i < derived_from_ + d; ++i) {
      if (derived_[d].uses(static_cast<Index>(i))) used[i] = true;
    }
  }
}

std::string json_of(const std::vector<std::string>& names, const std::vector<Value>& values) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Value& value = values[i];
    const bool whole = value.number == std::round(value.number) && std::abs(value.number) < 1e15;
    if (value.is_word) {
      json[names[i]] = value.word;
    } else if (whole) {
      json[names[i]] = static_cast<std::int64_t>(value.number);
    } else {
      json[names[i]] = value.number;
    }
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace mystic::external
