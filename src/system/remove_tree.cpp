#include <mystic/system/remove_tree.hpp>

#include "file_descriptor.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace mystic {
namespace {

using supervision::FileDescriptor;

/// Walks by descriptor and name, never by path: nobody can slip a symbolic link into a path under us.
class TreeRemover {
 public:
  explicit TreeRemover(dev_t device) : device_(device) {}

  void remove(int parent, const char* name);
  int error() const { return error_; }

 private:
  void remove_directory(int parent, const char* name, FileDescriptor opened);
  void empty(DIR* directory);
  FileDescriptor enter(int parent, const char* name);
  void failed(int error) {
    if (error_ == 0 && error != ENOENT) error_ = error;
  }

  dev_t device_ = 0;  ///< the file system we stay on
  int error_ = 0;     ///< the first
};

void TreeRemover::remove(int parent, const char* name) {
  if (::unlinkat(parent, name, 0) == 0) return;
  const int error = errno;
  if (error == ENOENT) return;
  // A directory says EISDIR, but EACCES first where the parent is not ours, and EPERM elsewhere.
  FileDescriptor opened = enter(parent, name);
  if (opened.open()) {
    remove_directory(parent, name, std::move(opened));
  } else {
    failed(error == EISDIR ? errno : error);
  }
}

/// Opens a directory that may lack the permission to be read.
FileDescriptor TreeRemover::enter(int parent, const char* name) {
  constexpr int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  FileDescriptor opened(::openat(parent, name, O_RDONLY | flags));
  if (opened.open() || errno != EACCES) return opened;
  // fchmodat would follow a link put there meanwhile; the descriptor's name in /proc cannot change.
  const FileDescriptor found(::openat(parent, name, O_PATH | flags));
  std::array<char, 40> self = {};
  *fmt::format_to_n(self.data(), self.size() - 1, "/proc/self/fd/{}", found.get()).out = '\0';
  if (!found.open() || ::chmod(self.data(), 0700) != 0) return {};
  return FileDescriptor(::openat(parent, name, O_RDONLY | flags));
}

void TreeRemover::remove_directory(int parent, const char* name, FileDescriptor opened) {
  struct stat status = {};
  if (::fstat(opened.get(), &status) != 0) return failed(errno);
  if (status.st_dev != device_) return failed(EXDEV);
  if ((status.st_mode & 0700U) != 0700U) ::fchmod(opened.get(), 0700);
  DIR* directory = ::fdopendir(opened.get());
  if (directory == nullptr) return failed(errno);
  opened.release();
  // A file system may skip entries while others are removed, and a dying process may still write.
  for (int round = 0; round < 3; ++round) {
    empty(directory);
    if (::unlinkat(parent, name, AT_REMOVEDIR) == 0) break;
    if (errno != ENOTEMPTY || round == 2) {
      failed(errno);
      break;
    }
    ::rewinddir(directory);
  }
  ::closedir(directory);
}

void TreeRemover::empty(DIR* directory) {
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name(entry->d_name);
    if (name != "." && name != "..") remove(::dirfd(directory), entry->d_name);
  }
}

}  // namespace

std::error_code remove_tree(const std::filesystem::path& path) {
  // With a slash at its end a link would be followed.
  const std::string name = (path.has_filename() ? path : path.parent_path()).native();
  struct stat status = {};
  if (::lstat(name.c_str(), &status) != 0) {
    return errno == ENOENT ? std::error_code{} : std::error_code(errno, std::generic_category());
  }
  TreeRemover remover(status.st_dev);
  remover.remove(AT_FDCWD, name.c_str());
  return {remover.error(), std::generic_category()};
}

}  // namespace mystic
