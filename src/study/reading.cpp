#include "study/reading.hpp"

namespace mystic::study {
namespace {

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= 40 ? text : text.substr(0, 37) + "...";
}

bool wrong_type(const Json& json, const std::string& path, const char* wanted, Problems& problems) {
  problems.add(path, fmt::format("is {} ({}); must be {}", kind_of(json), shown(json), wanted));
  return false;
}

}  // namespace

std::string kind_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "a yes/no";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  if (value.is_array()) return "a list";
  return "an object";
}

bool read_value(const Json& json, const std::string& path, bool& value, Problems& problems) {
  if (!json.is_boolean()) return wrong_type(json, path, "true or false", problems);
  value = json.get<bool>();
  return true;
}

bool read_value(const Json& json, const std::string& path, Index& value, Problems& problems) {
  const bool whole =
      json.is_number_integer() &&
      (!json.is_number_unsigned() || json.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!whole) return wrong_type(json, path, "a whole number", problems);
  value = json.get<Index>();
  return true;
}

bool read_value(const Json& json, const std::string& path, std::uint64_t& value, Problems& problems) {
  if (!json.is_number_unsigned()) {
    return wrong_type(json, path, "a whole number from 0 to 2^64 - 1", problems);
  }
  value = json.get<std::uint64_t>();
  return true;
}

bool read_value(const Json& json, const std::string& path, double& value, Problems& problems) {
  if (!json.is_number()) return wrong_type(json, path, "a number", problems);
  value = json.get<double>();
  return true;
}

bool read_value(const Json& json, const std::string& path, std::string& value, Problems& problems) {
  if (!json.is_string()) return wrong_type(json, path, "a text", problems);
  value = json.get<std::string>();
  return true;
}

bool is_object(const Json& json, const std::string& path, Problems& problems) {
  return json.is_object() || wrong_type(json, path, "an object {...}", problems);
}

bool is_list(const Json& json, const std::string& path, Problems& problems) {
  return json.is_array() || wrong_type(json, path, "a list [...]", problems);
}

void refuse_unknown_keys(const Json& object, const std::string& path,
                         const std::vector<std::string>& known, Problems& problems) {
  for (const auto& [key, value] : object.items()) {
    bool is_known = false;
    for (const std::string& name : known) is_known = is_known || name == key;
    if (is_known) continue;
    const std::string near = nearest_name(key, known);
    problems.add(joined_path(path, key),
                 near.empty() ? fmt::format("unknown key; known here: {}", fmt::join(known, ", "))
                              : fmt::format("unknown key; did you mean '{}'?", near));
  }
}

}  // namespace mystic::study
