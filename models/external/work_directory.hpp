#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mystic::external {

/// The directory of one evaluation, in a directory that is ours alone: so a number names it.
class WorkDirectory {
 public:
  WorkDirectory(const std::filesystem::path& base, std::uint64_t number);
  ~WorkDirectory() { remove(); }
  WorkDirectory(const WorkDirectory&) = delete;
  WorkDirectory& operator=(const WorkDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Why it could not be made; empty when it was.
  [[nodiscard]] const std::string& error() const { return error_; }

  void remove();

 private:
  std::filesystem::path path_;
  std::string error_;
  bool there_ = false;
};

}  // namespace mystic::external
