#include "keeper.hpp"

#include "archive.hpp"

#include "mystic/system/remove_tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

/// The first of NAME, NAME-2, NAME-3, ... that `make` can make; `error` says why if it makes none.
template <class Make>
std::string first_free(const std::string& name, Make make, std::string& error) {
  for (int number = 1; number < 100'000; ++number) {
    std::string candidate = number == 1 ? name : fmt::format("{}-{}", name, number);
    if (make(candidate)) return candidate;
    if (errno == EEXIST || errno == ENOTEMPTY) continue;
    error = std::generic_category().message(errno);
    return {};
  }
  error = "too many of that name";
  return {};
}

/// An archive that has no name until it is whole, where the file system can do that: whoever kills us
/// leaves no half of one. @return where it is, or nothing and why in `error`
std::string keep_packed(const fs::path& directory, const fs::path& where, const std::string& name,
                        std::string& error) {
  const auto archive = [&](const std::string& candidate) { return where / (candidate + ".tar.gz"); };
  int file = ::open(where.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  const bool nameless = file >= 0;
  std::string chosen = name;
  if (!nameless) {
    chosen = first_free(
        name,
        [&](const std::string& candidate) {
          file = ::open(archive(candidate).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
          return file >= 0;
        },
        error);
    if (!error.empty()) return {};
  }
  error = pack(directory, name, file);
  if (nameless && error.empty()) {
    const std::string self = fmt::format("/proc/self/fd/{}", file);
    chosen = first_free(
        name,
        [&](const std::string& candidate) {
          return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, archive(candidate).c_str(),
                          AT_SYMLINK_FOLLOW) == 0;
        },
        error);
  }
  if (::close(file) != 0 && error.empty()) error = std::generic_category().message(errno);
  if (!error.empty() && !nameless) ::unlink(archive(chosen).c_str());  // half an archive helps nobody
  return error.empty() ? archive(chosen).string() : std::string();
}

/// The directory itself, moved, or copied to another file system.
std::string keep_as_it_is(const fs::path& directory, const fs::path& where, const std::string& name,
                          std::string& error) {
  const std::string chosen = first_free(
      name,
      [&](const std::string& candidate) { return ::mkdir((where / candidate).c_str(), 0777) == 0; },
      error);
  if (!error.empty()) return {};
  const fs::path to = where / chosen;
  if (::rename(directory.c_str(), to.c_str()) == 0) return to.string();  // onto the empty directory
  std::error_code failure;
  fs::copy(directory, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failure);
  if (!failure) return to.string();
  error = failure.message();
  static_cast<void>(remove_tree(to));
  return {};
}

}  // namespace

std::string Keeper::keep(const fs::path& directory, const EvaluationId& id) const {
  std::string name = to_string(id);
  std::replace(name.begin(), name.end(), '#', '-');
  std::error_code failure;
  fs::create_directories(where_, failure);
  std::string error = failure ? failure.message() : "";
  if (error.empty()) {
    const auto way = options_.archive ? keep_packed : keep_as_it_is;
    const std::string kept = way(directory, where_, name, error);
    if (error.empty()) return "kept: " + kept;
  }
  return fmt::format("could not be kept in '{}': {}", where_.string(), error);
}

}  // namespace mystic::external
