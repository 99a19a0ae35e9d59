#include <mystic/system/process.hpp>

#include "file_descriptor.hpp"
#include "process_table.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

namespace mystic {
namespace supervision {
namespace {

/// The blank-separated field `number` of `text`, counted from 0; empty if there are fewer.
std::string_view field(std::string_view text, int number) {
  for (; number > 0; --number) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return {};
    text.remove_prefix(blank + 1);
  }
  return text.substr(0, text.find(' '));
}

template <class Number>
Number number_in(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<ProcessEntry> process_entry(pid_t pid) {
  std::array<char, 32> path = {};
  *fmt::format_to_n(path.data(), path.size() - 1, "/proc/{}/stat", pid).out = '\0';
  const FileDescriptor file(::open(path.data(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return std::nullopt;
  std::array<char, 1024> buffer = {};
  const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
  if (size <= 0) return std::nullopt;
  std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  // "pid (name) state parent ...": the name may hold blanks and brackets, so from its last one on.
  const std::size_t bracket = text.rfind(')');
  if (bracket == std::string_view::npos || bracket + 2 >= text.size()) return std::nullopt;
  text.remove_prefix(bracket + 2);
  return ProcessEntry{.state = text.front(),
                      .parent = number_in<pid_t>(field(text, 1)),
                      .start = number_in<std::uint64_t>(field(text, 19)),
                      .processor = number_in<std::uint64_t>(field(text, 11)) +
                                   number_in<std::uint64_t>(field(text, 12))};
}

std::vector<pid_t> all_processes() {
  std::vector<pid_t> found;
  DIR* directory = ::opendir("/proc");
  if (directory == nullptr) return found;
  while (const dirent* entry = ::readdir(directory)) {
    const pid_t pid = number_in<pid_t>(entry->d_name);
    if (pid > 0) found.push_back(pid);
  }
  ::closedir(directory);
  return found;
}

}  // namespace supervision

bool is_alive(pid_t pid) {
  const auto entry = supervision::process_entry(pid);
  return entry && entry->state != 'Z' && entry->state != 'X';
}

std::uint64_t process_start(pid_t pid) {
  const auto entry = supervision::process_entry(pid);
  return entry ? entry->start : 0;
}

}  // namespace mystic
