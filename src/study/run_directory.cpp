#include "study/run_directory.hpp"

#include "mystic/study/study.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace mystic::study {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& reason) {
  throw BadInput(fmt::format("{}: the study's directory cannot be made: {}", path.string(), reason));
}

// A directory beside the one that it will be; gone at the end unless it got that name.
class Draft {
 public:
  Draft(const fs::path& target, const Supervisor* keeper) : keeper_(keeper) {
    fs::path parent = target.has_filename() ? target.parent_path() : target.parent_path().parent_path();
    if (parent.empty()) parent = ".";
    std::error_code error;
    fs::create_directories(parent, error);
    path_ = parent / fmt::format(".mystic-{}.new", ::getpid());
    if (!error) fs::remove_all(path_, error);  // of a process that had our number and died
    if (!error) fs::create_directory(path_, error);
    if (error) refuse(target, error.message());
    if (keeper_ != nullptr) keeper_->remove_at_end(path_);
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    forget();
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

  // True: it has that name now; false: something else has.
  bool becomes(const fs::path& target) {
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0)
      return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL && errno != ENOSYS) refuse(target, std::strerror(errno));
    // A file system without that: an empty directory may be replaced.
    if (::mkdir(target.c_str(), 0777) != 0) {
      if (errno == EEXIST) return false;
      refuse(target, std::strerror(errno));
    }
    if (::rename(path_.c_str(), target.c_str()) != 0) refuse(target, std::strerror(errno));
    return true;
  }

 private:
  void forget() const {
    if (keeper_ == nullptr) return;
    try {
      keeper_->keep_at_end(path_);
    } catch (const Error&) {  // the supervisor is gone, and says so where it is needed
    }
  }

  fs::path path_;
  const Supervisor* keeper_;
};

[[noreturn]] void refuse_existing(const fs::path& path) {
  throw BadInput(
      fmt::format("{}: exists; a study never overwrites another: give another --out, or "
                  "`mystic resume {}`",
                  path.string(), path.string()));
}

[[noreturn]] void fail(const fs::path& file, const char* what) {
  throw Error(fmt::format("{}: {}: {}; free space, then `mystic resume`", file.string(), what,
                          std::strerror(errno)));
}

}  // namespace

RunDirectory make_run_directory(const fs::path* wish, const std::string& name, const Supervisor* keeper,
                                const std::function<void(const RunDirectory&)>& fill) {
  const auto exists = [](const fs::path& path) {
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
  };
  if (wish != nullptr && exists(*wish)) refuse_existing(*wish);
  Draft draft(wish != nullptr ? *wish : fs::path(name + ".run"), keeper);
  fill({draft.path()});
  if (wish != nullptr) {
    if (!draft.becomes(*wish)) refuse_existing(*wish);
    return {*wish};
  }
  for (int number = 1; number <= 9999; ++number) {
    const fs::path path = number == 1 ? name + ".run" : fmt::format("{}.run-{}", name, number);
    if (!exists(path) && draft.becomes(path)) return {path};
  }
  throw BadInput(fmt::format("{}.run to {}.run-9999 exist: give --out", name, name));
}

RunDirectory find_run_directory(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    const RunDirectory directory{path};
    if (fs::exists(directory.design(), error) && !fs::exists(directory.journal(), error)) {
      throw BadInput(
          fmt::format("{}: holds a design that was written, not evaluated: there is nothing to go "
                      "on with; leave \"evaluate\": false out, and `mystic run`",
                      path.string()));
    }
    return directory;
  }
  throw BadInput(
      fmt::format("{}: is no directory of a study: give the one that `mystic run` made", path.string()));
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
