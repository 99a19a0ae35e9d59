#pragma once

#include "mystic/archive/read_journal.hpp"
#include "mystic/core/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace mystic {

/// The bytes of a journal's file, as they were when it was read. It is read whole rather than
/// mapped: a mapping turns an unreadable block, or a file that shrinks, into a SIGBUS.
class JournalImage {
 public:
  /// Reads from the beginning of the file, and checks the header.
  JournalImage(int descriptor, std::filesystem::path path);

  /// Visits every good record. @throws JournalError for a bad record before a good one
  JournalSummary visit(JournalVisitor& visitor) const;

  /// Positioned behind the id of the outcome whose record begins at `offset`: at x.
  [[nodiscard]] ByteReader point_at(std::uint64_t offset) const;

 private:
  [[nodiscard]] std::span<const std::byte> from(std::uint64_t offset) const;
  /// Returns if nothing good follows the bad record at `offset`.
  void require_torn_end(std::uint64_t offset, const std::string& wrong) const;

  std::filesystem::path path_;
  std::vector<std::byte> bytes_;
  std::uint64_t header_size_ = 0;
  std::string identity_;
};

}  // namespace mystic
