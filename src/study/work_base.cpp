#include "study/work_base.hpp"

#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace mystic::study {
namespace {

constexpr long tmpfs_magic = 0x01021994;  // linux/magic.h: TMPFS_MAGIC

bool is_roomy_memory(const std::filesystem::path& base, double bytes) {
  struct statfs kind = {};
  struct statvfs room = {};
  if (::statfs(base.c_str(), &kind) != 0 || kind.f_type != tmpfs_magic) return false;
  if (::statvfs(base.c_str(), &room) != 0 || (room.f_flag & ST_NOEXEC) != 0) return false;
  if (::access(base.c_str(), W_OK | X_OK) != 0) return false;
  return static_cast<double>(room.f_bavail) * static_cast<double>(room.f_frsize) >= bytes;
}

}  // namespace

std::filesystem::path work_base(const ExternalModelOptions& options, const StudyHost& host) {
  if (!options.work.base.empty()) return options.work.base;
  if (!host.scratch.empty()) return host.scratch;
  constexpr double mebibyte = 1024.0 * 1024.0;
  const std::filesystem::path memory = "/dev/shm";
  if (is_roomy_memory(memory, options.largest_file * mebibyte * host.cores)) return memory;
  return "/tmp";
}

}  // namespace mystic::study
