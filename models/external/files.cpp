#include "files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

std::string error_text(int error) { return std::generic_category().message(error); }

/// An open file, closed at its end.
class File {
 public:
  File(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  void swap(File& other) noexcept { std::swap(number_, other.number_); }

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  int close() { return number_ < 0 ? 0 : ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

std::string make_parents(const fs::path& to) {
  std::error_code error;
  if (to.has_parent_path()) fs::create_directories(to.parent_path(), error);
  return error ? error.message() : std::string();
}

}  // namespace

FileText read_file(const fs::path& path, std::uintmax_t most_bytes) {
  // Without waiting: to open a FIFO would wait for its other end.
  const File file(path, O_RDONLY | O_NONBLOCK);
  if (!file.open()) {
    const int error = errno;
    const bool absent = error == ENOENT || error == ENOTDIR;
    return {.error = absent ? "does not exist" : "cannot be opened: " + error_text(error),
            .exists = !absent};
  }
  struct stat status = {};
  if (::fstat(file.number(), &status) != 0) return {.error = error_text(errno), .exists = true};
  if (!S_ISREG(status.st_mode)) return {.error = "is not a regular file", .exists = true};
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size > most_bytes) {
    return {.error = "has " + std::to_string(size) + " bytes, more than the " +
                     std::to_string(most_bytes) + " that may be read",
            .exists = true};
  }
  FileText result{.text = std::string(size, '\0'), .exists = true};
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(file.number(), result.text.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {.error = "cannot be read: " + error_text(errno), .exists = true};
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  result.text.resize(done);
  return result;
}

std::string write_file(const fs::path& path, std::string_view text) {
  constexpr int create = O_WRONLY | O_CREAT | O_TRUNC;
  File file(path, create);
  if (!file.open() && errno == ENOENT) {
    if (std::string error = make_parents(path); !error.empty()) return error;
    File again(path, create);
    file.swap(again);
  }
  if (!file.open()) return error_text(errno);
  while (!text.empty()) {
    const ssize_t put = ::write(file.number(), text.data(), text.size());
    if (put < 0 && errno != EINTR) return error_text(errno);
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  return file.close() == 0 ? std::string() : error_text(errno);
}

std::string copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (std::string failed = make_parents(to); !failed.empty()) return failed;
  if (fs::is_directory(from, error)) {
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
  } else if (!error) {
    fs::copy_file(from, to, error);
  }
  return error ? error.message() : std::string();
}

std::string link_to(const fs::path& from, const fs::path& to) {
  if (std::string failed = make_parents(to); !failed.empty()) return failed;
  return ::symlink(from.c_str(), to.c_str()) == 0 ? std::string() : error_text(errno);
}

std::string make_read_only(const fs::path& path) {
  constexpr auto write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  std::error_code error;
  const auto protect = [&](const fs::path& entry) {
    if (!fs::is_symlink(entry, error) && !error) {
      fs::permissions(entry, write, fs::perm_options::remove, error);
    }
  };
  if (fs::is_directory(path, error)) {
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
      if (!error) protect(entry.path());
    }
  }
  if (!error) protect(path);
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
