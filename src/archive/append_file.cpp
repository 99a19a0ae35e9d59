#include "append_file.hpp"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace mystic {
namespace {

std::string_view what_would_be_right(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      return "free space, then `mystic resume`";
    case EFBIG:
      return "raise the limit on the size of files (ulimit -f), then `mystic resume`";
    case EIO:
      return "the disk fails: copy what is there to another one, then `mystic resume`";
    case EEXIST:
      return "`mystic resume` goes on with it; a new study needs another directory";
    case EACCES:
    case EPERM:
    case EROFS:
      return "make the file and its directory writable";
    case ENOENT:
    case ENOTDIR:
      return "check the path";
    default:
      return "mend that, then `mystic resume`";
  }
}

std::filesystem::path directory_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

int retry_open(const std::filesystem::path& path, int flags) {
  for (;;) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
    if (number >= 0 || errno != EINTR) return number;
  }
}

/// A file without a name in the directory of `path`; not open where there are no such files.
Descriptor open_unnamed(const std::filesystem::path& path) {
  // It gets its name through /proc (linkat with AT_EMPTY_PATH is for root alone).
  if (::access("/proc/self/fd", F_OK) != 0) return Descriptor(-1);
  return Descriptor(retry_open(directory_of(path), O_TMPFILE | O_RDWR));
}

void sync_directory(const std::filesystem::path& path, const SyncCall& sync) {
  const Descriptor directory(retry_open(directory_of(path), O_RDONLY | O_DIRECTORY));
  // Some file systems sync names by themselves and answer EINVAL.
  if (!directory.is_open() || (sync(directory.number()) != 0 && errno != EINVAL)) {
    throw_journal_error(path, "cannot bring its directory to the disk", errno);
  }
}

}  // namespace

void throw_journal_error(const std::filesystem::path& path, std::string_view what, int code) {
  throw JournalError(fmt::format("journal '{}' {}: {}; {}", path.string(), what,
                                 std::generic_category().message(code), what_would_be_right(code)),
                     code);
}

void require_regular(const std::filesystem::path& path, mode_t mode) {
  if (!S_ISREG(mode)) {
    throw JournalError(fmt::format("journal '{}' is not a regular file", path.string()));
  }
}

Descriptor::~Descriptor() {
  if (is_open()) ::close(number_);
}

Descriptor open_journal_file(const std::filesystem::path& path, int flags) {
  // O_NONBLOCK: a FIFO of that name must not make us wait; regular files do not know it.
  Descriptor file(retry_open(path, flags | O_NONBLOCK));
  if (!file.is_open()) throw_journal_error(path, "cannot be opened", errno);
  return file;
}

AppendFile::AppendFile(std::filesystem::path path, Descriptor file)
    : path_(std::move(path)), file_(std::move(file)) {}

AppendFile AppendFile::create(const std::filesystem::path& path, std::span<const std::byte> start,
                              const SyncCall& sync) {
  // Its name comes last: a kill leaves a journal with a header, or none.
  Descriptor opened = open_unnamed(path);
  const bool named = !opened.is_open();
  if (named) opened = Descriptor(retry_open(path, O_RDWR | O_CREAT | O_EXCL));
  if (!opened.is_open()) throw_journal_error(path, "cannot be created", errno);
  AppendFile file(path, std::move(opened));
  try {
    file.lock();
    file.append(start);
    if (sync(file.descriptor()) != 0) {
      throw_journal_error(path, "cannot be brought to the disk", errno);
    }
  } catch (...) {
    if (named) ::unlink(path.c_str());
    throw;
  }
  if (!named) file.give_name();
  sync_directory(path, sync);
  return file;
}

AppendFile AppendFile::open(const std::filesystem::path& path) {
  AppendFile file(path, open_journal_file(path, O_RDWR));
  file.lock();
  return file;
}

void AppendFile::append(std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::pwrite(file_.number(), bytes.data() + done, bytes.size() - done,
                                     static_cast<off_t>(end_ + done));
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      const int code = errno;
      // If even this fails, the next append writes over it, or the next open finds a torn end.
      (void)!::ftruncate(file_.number(), static_cast<off_t>(end_));
      throw_journal_error(path_, fmt::format("cannot be written beyond byte {}", end_), code);
    }
  }
  end_ += bytes.size();
}

void AppendFile::truncate(std::uint64_t size) {
  while (::ftruncate(file_.number(), static_cast<off_t>(size)) != 0) {
    if (errno != EINTR) throw_journal_error(path_, "cannot be cut to its good records", errno);
  }
  end_ = size;
}

void AppendFile::lock() {
  while (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return;  // no locks on this file system
    throw JournalError(fmt::format("journal '{}' is in use: wait for the run that writes to it, or "
                                   "stop that (SIGTERM), then `mystic resume`",
                                   path_.string()),
                       EWOULDBLOCK);
  }
  locked_ = true;
}

void AppendFile::give_name() {
  const std::string self = fmt::format("/proc/self/fd/{}", file_.number());
  if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path_.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    throw_journal_error(path_, "cannot be created", errno);
  }
}

}  // namespace mystic
