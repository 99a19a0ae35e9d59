#include "study/run_directory.hpp"

#include "mystic/study/study.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mystic::study {
namespace {

namespace fs = std::filesystem;

// True: made; false: something of that name exists.
bool make_directory(const fs::path& path) {
  std::error_code error;
  if (path.has_parent_path() && !path.parent_path().empty()) {
    fs::create_directories(path.parent_path(), error);
  }
  if (!error && fs::create_directory(path, error)) return true;
  if (!error || fs::exists(path)) return false;
  throw BadInput(
      fmt::format("{}: the study's directory cannot be made: {}", path.string(), error.message()));
}

[[noreturn]] void fail(const fs::path& file, const char* what) {
  throw Error(fmt::format("{}: {}: {}; free space, then `mystic resume`", file.string(), what,
                          std::strerror(errno)));
}

}  // namespace

RunDirectory make_run_directory(const fs::path* wish, const std::string& name) {
  if (wish != nullptr) {
    if (make_directory(*wish)) return {*wish};
    throw BadInput(
        fmt::format("{}: exists; a study never overwrites another: give another --out, or "
                    "`mystic resume {}`",
                    wish->string(), wish->string()));
  }
  for (int number = 1; number <= 9999; ++number) {
    const fs::path path = number == 1 ? name + ".run" : fmt::format("{}.run-{}", name, number);
    if (make_directory(path)) return {path};
  }
  throw BadInput(fmt::format("{}.run to {}.run-9999 exist: give --out", name, name));
}

void replace_file(const fs::path& file, const std::string& content) {
  const fs::path fresh = file.string() + ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(fresh, "cannot be made");
  std::size_t written = 0;
  while (written < content.size()) {
    const ssize_t n = ::write(descriptor, content.data() + written, content.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const int error = errno;
      ::close(descriptor);
      ::unlink(fresh.c_str());
      errno = error;
      fail(file, "cannot be written");
    }
    written += static_cast<std::size_t>(n);
  }
  if (::fsync(descriptor) != 0 || ::close(descriptor) != 0) fail(file, "cannot be brought to the disk");
  if (::rename(fresh.c_str(), file.c_str()) != 0) fail(file, "cannot be replaced");
}

}  // namespace mystic::study
