#pragma once

#include <mystic/core/require.hpp>

#include <filesystem>
#include <string_view>

namespace mystic {

/// A directory of our own, readable by nobody else (mode 0700), removed with all in it at the end.
class TemporaryDirectory {
 public:
  /// Makes `base`/`prefix`XXXXXX; `base` is made too when missing.
  /// @throws InvalidArgument if `prefix` holds a '/' or a NUL byte; Error if it cannot be made
  TemporaryDirectory(const std::filesystem::path& base, std::string_view prefix);

  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;

  /// Absolute; empty after keep() or a move.
  const std::filesystem::path& path() const { return path_; }

  /// Lets it go: it stays on disk. @return where
  std::filesystem::path keep();

 private:
  std::filesystem::path path_;
};

}  // namespace mystic
