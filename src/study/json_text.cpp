#include "study/json_text.hpp"

#include "mystic/study/study.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <vector>

namespace mystic::study {
namespace {

// "line:column" of a byte offset, both from 1.
std::string position(const std::string& text, std::size_t offset) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i + 1 < offset && i < text.size(); ++i) {
    ++column;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    }
  }
  return fmt::format("{}:{}", line, column);
}

// The parser's own words, without its prefix "[json.exception...] parse error at line 1, column 2: ".
std::string plain_reason(const std::string& what) {
  const std::size_t end = what.find(": ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

// Looks at what is parsed, as it comes.
class Watch {
 public:
  explicit Watch(const std::string& file) : file_(file) {}

  // `depth`: how many lists and objects are open.
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    const bool opens = event == Event::object_start || event == Event::array_start;
    if (opens && depth >= deepest_json) {
      throw BadInput(fmt::format("{}: {}nested more than {} deep", file_,
                                 key_.empty() ? "" : key_ + ": ", deepest_json));
    }
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key) take_key(depth, parsed.get<std::string>());
    return true;
  }

 private:
  void take_key(int depth, const std::string& key) {
    if (depth == 1) key_ = key;
    if (!keys_.back().insert(key).second) {
      throw BadInput(fmt::format("{}: the key '{}' stands twice in one object", file_, key));
    }
  }

  const std::string& file_;
  std::string key_;  // of the outermost object
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw BadInput(fmt::format("{}: is a directory where a file is wanted", file.string()));
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw BadInput(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Json parse_json(const std::string& text, const std::string& file) {
  Watch watch(file);
  try {
    return Json::parse(text, std::ref(watch), true, true);
  } catch (const Json::parse_error& error) {
    throw BadInput(
        fmt::format("{}:{}: no JSON: {}", file, position(text, error.byte), plain_reason(error.what())));
  } catch (const Json::exception& error) {
    throw BadInput(fmt::format("{}: no JSON: {}", file, plain_reason(error.what())));
  }
}

}  // namespace mystic::study
