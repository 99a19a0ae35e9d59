#pragma once

#include "mystic/core/options.hpp"
#include "study/json_text.hpp"
#include "study/problems.hpp"

#include <initializer_list>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mystic::study {

/// "a number", "a text": what a JSON value is, for people.
[[nodiscard]] std::string kind_of(const Json& value);

/// False, and a problem, unless `json` is an object.
bool is_object(const Json& json, const std::string& path, Problems& problems);
/// False, and a problem, unless `json` is a list.
bool is_list(const Json& json, const std::string& path, Problems& problems);

/// One value from JSON; a problem, and false, when it is of another type.
bool read_value(const Json& json, const std::string& path, bool& value, Problems& problems);
bool read_value(const Json& json, const std::string& path, Index& value, Problems& problems);
bool read_value(const Json& json, const std::string& path, std::uint64_t& value, Problems& problems);
bool read_value(const Json& json, const std::string& path, double& value, Problems& problems);
bool read_value(const Json& json, const std::string& path, std::string& value, Problems& problems);

template <class T>
bool read_value(const Json& json, const std::string& path, std::optional<T>& value, Problems& problems) {
  T inner{};
  if (!read_value(json, path, inner, problems)) return false;
  value = inner;
  return true;
}

template <class T>
bool read_value(const Json& json, const std::string& path, std::vector<T>& values, Problems& problems) {
  if (!is_list(json, path, problems)) return false;
  bool right = true;
  for (std::size_t i = 0; i < json.size(); ++i) {
    T value{};
    right = read_value(json[i], fmt::format("{}[{}]", path, i), value, problems) && right;
    values.push_back(value);
  }
  return right;
}

/// A problem for each key of `object` that is not among `known`, with the nearest that is.
void refuse_unknown_keys(const Json& object, const std::string& path,
                         const std::vector<std::string>& known, Problems& problems);

/// The names that an options struct describes.
template <class Options>
std::vector<std::string> described_names() {
  std::vector<std::string> names;
  const Options options{};
  Options::describe(options, [&](std::string_view name, const auto&, const auto&, std::string_view) {
    names.emplace_back(name);
  });
  return names;
}

inline std::string joined_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// Fills an options struct from an object by its description: types and ranges. Keys that are missing
/// leave what stands there.
template <class Options>
void fill_options(const Json& object, const std::string& path, Options& options, Problems& problems) {
  Options::describe(options, [&](std::string_view name, auto& value, const auto& domain,
                                 std::string_view) {
    const auto found = object.find(std::string(name));
    if (found == object.end()) return;
    const std::string place = joined_path(path, name);
    std::decay_t<decltype(value)> read{};
    if (!read_value(*found, place, read, problems)) return;
    value = std::move(read);
    if (!detail::in_domain(value, domain)) {
      problems.add(place,
                   fmt::format("is {}; must be {} {}", detail::value_text(value),
                               std::is_same_v<std::decay_t<decltype(domain)>, Choices> ? "one of" : "in",
                               to_string(domain)));
    }
  });
}

/// An options struct from an object by its description: types, ranges, unknown keys (those in
/// `other_keys` are read elsewhere).
template <class Options>
Options read_options(const Json& object, const std::string& path, Problems& problems,
                     std::initializer_list<std::string> other_keys = {}) {
  Options options{};
  if (!is_object(object, path, problems)) return options;
  std::vector<std::string> known = described_names<Options>();
  known.insert(known.end(), other_keys.begin(), other_keys.end());
  refuse_unknown_keys(object, path, known, problems);
  fill_options(object, path, options, problems);
  return options;
}

/// A problem for each line of what is broken in `options`: of those whose fields were read without one,
/// the rules that span fields.
template <class Options>
void check_rules(const Options& options, const std::string& path, Problems& problems) {
  std::istringstream lines(broken_options(options));
  for (std::string line; std::getline(lines, line);) {
    if (const std::size_t begin = line.find_first_not_of(' '); begin != std::string::npos) {
      problems.add(path, line.substr(begin));
    }
  }
}

}  // namespace mystic::study
