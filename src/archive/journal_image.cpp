#include "journal_image.hpp"

#include "append_file.hpp"
#include "journal_format.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace mystic {
namespace {

namespace format = journal_format;

std::vector<std::byte> all_bytes(int descriptor, const std::filesystem::path& path) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) throw_journal_error(path, "cannot be examined", errno);
  require_regular(path, status.st_mode);
  std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_journal_error(path, "cannot be read", errno);
    if (got == 0) break;  // a live journal whose torn end was cut off meanwhile
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

void visit_outcome(std::uint64_t offset, std::span<const std::byte> payload, JournalledOutcome& entry,
                   JournalVisitor& visitor) {
  ByteReader reader(payload);
  const format::OutcomeHead head = format::get_outcome_head(reader);
  entry.id = head.id;
  entry.elapsed = head.elapsed;
  entry.offset = offset;
  reader.get_doubles(entry.x);
  get_outcome(reader, entry.outcome);
  format::require_end(reader);
  visitor.outcome(entry);
}

}  // namespace

JournalImage::JournalImage(int descriptor, std::filesystem::path path)
    : path_(std::move(path)), bytes_(all_bytes(descriptor, path_)) {
  try {
    format::Header header = format::get_header(bytes_);
    identity_ = std::move(header.identity);
    header_size_ = header.size;
  } catch (const BrokenBytes& broken) {
    throw JournalError(fmt::format("journal '{}' {}", path_.string(), broken.what()));
  }
}

JournalSummary JournalImage::visit(JournalVisitor& visitor) const {
  JournalledOutcome entry;
  std::uint64_t offset = header_size_;
  while (offset < bytes_.size()) {
    const format::Frame frame = format::get_frame(from(offset));
    if (!frame.wrong.empty()) {
      require_torn_end(offset, frame.wrong);
      break;
    }
    try {
      switch (frame.kind) {
        case format::RecordKind::outcome:
          visit_outcome(offset, frame.payload, entry, visitor);
          break;
        case format::RecordKind::stop:
          visitor.stop(format::get_stop(frame.payload));
          break;
        case format::RecordKind::session:
          visitor.session(format::get_session(frame.payload));
          break;
        case format::RecordKind::rerun:
          visitor.rerun(format::get_rerun(frame.payload));
          break;
        default:
          throw BrokenBytes(
              fmt::format("{} is no kind of record", static_cast<std::uint32_t>(frame.kind)));
      }
    } catch (const BrokenBytes& broken) {
      // Its checksums hold: not damage, but another writer's idea of the format.
      throw JournalError(
          fmt::format("journal '{}': the record at byte {} makes no sense to this "
                      "mystic: {}; use the mystic that wrote it",
                      path_.string(), offset, broken.what()));
    }
    offset += frame.size;
  }
  return {.identity = identity_, .good_bytes = offset, .torn_bytes = bytes_.size() - offset};
}

ByteReader JournalImage::point_at(std::uint64_t offset) const {
  ByteReader reader(format::get_payload(from(offset)));
  (void)format::get_outcome_head(reader);
  return reader;
}

std::span<const std::byte> JournalImage::from(std::uint64_t offset) const {
  return std::span(bytes_).subspan(static_cast<std::size_t>(offset));
}

void JournalImage::require_torn_end(std::uint64_t offset, const std::string& wrong) const {
  const std::uint64_t good = offset + 1 + format::find_good_record(from(offset + 1));
  if (good >= bytes_.size()) return;
  throw JournalError(fmt::format(
      "journal '{0}': the record at byte {1} is damaged ({2}), and a good record follows at byte "
      "{3}. Nothing was dropped: restore the file from a copy, or give up all from the damage on "
      "(truncate -s {1} '{0}')",
      path_.string(), offset, wrong, good));
}

JournalSummary read_journal(const std::filesystem::path& path, JournalVisitor& visitor) {
  const Descriptor file = open_journal_file(path, O_RDONLY);
  return JournalImage(file.number(), path).visit(visitor);
}

}  // namespace mystic
