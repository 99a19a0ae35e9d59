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

}  // namespace

std::string Keeper::keep(const fs::path& directory, const EvaluationId& id) const {
  std::string name = to_string(id);
  std::replace(name.begin(), name.end(), '#', '-');
  std::error_code failure;
  fs::create_directories(where_, failure);
  std::string error = failure ? failure.message() : "";
  if (error.empty() && options_.archive) {
    int file = -1;
    const std::string chosen = first_free(
        name,
        [&](const std::string& candidate) {
          file = ::open((where_ / (candidate + ".tar.gz")).c_str(),
                        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
          return file >= 0;
        },
        error);
    if (error.empty()) {
      const fs::path archive = where_ / (chosen + ".tar.gz");
      error = pack(directory, chosen, file);
      if (::close(file) != 0 && error.empty()) error = std::generic_category().message(errno);
      if (error.empty()) return "kept: " + archive.string();
      ::unlink(archive.c_str());  // half an archive helps nobody
    }
  } else if (error.empty()) {
    const std::string chosen = first_free(
        name,
        [&](const std::string& candidate) { return ::mkdir((where_ / candidate).c_str(), 0777) == 0; },
        error);
    if (error.empty()) {
      // Onto the empty directory if that is on the same file system, else piece by piece.
      const fs::path to = where_ / chosen;
      if (::rename(directory.c_str(), to.c_str()) == 0) return "kept: " + to.string();
      fs::copy(directory, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failure);
      if (!failure) return "kept: " + to.string();
      error = failure.message();
      static_cast<void>(remove_tree(to));
    }
  }
  return fmt::format("could not be kept in '{}': {}", where_.string(), error);
}

}  // namespace mystic::external
