#include "work_directory.hpp"

#include "mystic/core/require.hpp"
#include "mystic/system/remove_tree.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace mystic::external {

WorkDirectory::WorkDirectory(const std::filesystem::path& base, std::uint64_t number)
    : path_(base / fmt::format("{}", number)) {
  there_ = ::mkdir(path_.c_str(), 0700) == 0;
  if (there_) return;
  error_ = fmt::format("cannot make the work directory '{}': {}", path_.string(),
                       std::generic_category().message(errno));
}

void WorkDirectory::remove() {
  if (there_) static_cast<void>(remove_tree(path_));  // gone already when it was kept
  there_ = false;
}

}  // namespace mystic::external
