#pragma once

#include "mystic/archive/journal_error.hpp"

#include <fcntl.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace mystic {

/// Throws "journal 'path' what: text of code; what would be right".
[[noreturn]] void throw_journal_error(const std::filesystem::path& path, std::string_view what,
                                      int code);

void require_regular(const std::filesystem::path& path, mode_t mode);

/// An open file; closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

/// @throws JournalError
[[nodiscard]] Descriptor open_journal_file(const std::filesystem::path& path, int flags);

/// How a file or a directory is brought to the disk: 0, or -1 with errno.
using SyncCall = std::function<int(int descriptor)>;

/// A locked file that grows at its end by whole pieces, or not at all.
class AppendFile {
 public:
  /// A new file that begins with `start` and is on the disk, its name as well.
  static AppendFile create(const std::filesystem::path& path, std::span<const std::byte> start,
                           const SyncCall& sync);
  static AppendFile open(const std::filesystem::path& path);

  /// One write(2), as a rule. @throws JournalError after cutting off what was written of `bytes`
  void append(std::span<const std::byte> bytes);
  /// Cuts off what follows `size`; appending goes on there.
  void truncate(std::uint64_t size);

  [[nodiscard]] int descriptor() const { return file_.number(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool locked() const { return locked_; }

 private:
  AppendFile(std::filesystem::path path, Descriptor file);
  void lock();
  void give_name();

  std::filesystem::path path_;
  Descriptor file_;
  std::uint64_t end_ = 0;  ///< of the last whole piece
  bool locked_ = false;
};

}  // namespace mystic
