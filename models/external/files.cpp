#include "files.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

/// The text of errno. Streams set it, since they end in write(2) and read(2), but do not promise to.
std::string last_error() {
  return errno == 0 ? "input/output error" : std::generic_category().message(errno);
}

}  // namespace

FileText read_file(const fs::path& file, std::uintmax_t most_bytes) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) {
    const bool plainly = !error || error == std::errc::no_such_file_or_directory;
    return {.error = plainly ? "does not exist" : error.message()};
  }
  if (!fs::is_regular_file(status)) return {.error = "is not a regular file", .exists = true};
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return {.error = error.message(), .exists = true};
  if (size > most_bytes) {
    return {.error = "has " + std::to_string(size) + " bytes, more than the " +
                     std::to_string(most_bytes) + " that may be read",
            .exists = true};
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {.error = "cannot be opened: " + last_error(), .exists = true};
  FileText result{.text = std::string(size, '\0'), .exists = true};
  stream.read(result.text.data(), static_cast<std::streamsize>(size));
  if (stream.bad()) return {.error = "cannot be read: " + last_error(), .exists = true};
  result.text.resize(static_cast<std::size_t>(stream.gcount()));
  return result;
}

std::string read_tail(const fs::path& file, std::uintmax_t most_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return {};
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return {};
  const std::uintmax_t length = std::min(size, most_bytes);
  std::string text(length, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(size - length));
  stream.read(text.data(), static_cast<std::streamsize>(length));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::string write_file(const fs::path& file, std::string_view text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return error.message();
  errno = 0;
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.close();  // what is still buffered may find the disk full
  return stream ? std::string() : last_error();
}

std::string copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  return error ? error.message() : std::string();
}

bool stays_below(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return path.is_relative() && normal.has_filename() && normal != "." && *normal.begin() != "..";
}

std::string why_not_executable(const fs::path& program) {
  std::error_code error;
  const fs::file_status status = fs::status(program, error);
  if (!fs::exists(status)) return "does not exist";
  if (!fs::is_regular_file(status)) return "is not a file";
  return ::access(program.c_str(), X_OK) == 0 ? "" : "is not executable (chmod +x makes it so)";
}

std::string why_not_writable(const fs::path& directory) {
  std::error_code error;
  fs::path there = fs::absolute(directory, error).lexically_normal();
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  if (!fs::is_directory(there, error)) return "'" + there.string() + "' is not a directory";
  const bool writable = ::access(there.c_str(), W_OK | X_OK) == 0;
  return writable ? "" : "'" + there.string() + "' cannot be written to";
}

fs::path find_on_path(std::string_view program, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const fs::path directory = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (directory.is_relative()) continue;
    if (fs::path candidate = directory / program; why_not_executable(candidate).empty()) {
      return candidate;
    }
  }
  return {};
}

}  // namespace mystic::external
