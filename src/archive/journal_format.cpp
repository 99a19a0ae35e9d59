#include "journal_format.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace mystic::journal_format {
namespace {

constexpr std::string_view magic{"\x8bmystic\n"};
constexpr std::string_view marker{"\x8brec"};
constexpr std::size_t number_size = sizeof(std::uint32_t);
constexpr std::size_t head_size = 3 * number_size;

std::uint32_t checksum(std::span<const std::byte> bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::uint32_t number_at(std::span<const std::byte> bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

bool starts_with(std::span<const std::byte> bytes, std::string_view text) {
  return bytes.size() >= text.size() &&
         std::equal(text.begin(), text.end(), bytes.begin(),
                    [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

/// Calls `put` for the payload between a head and a checksum.
template <class Put>
void put_record(std::vector<std::byte>& bytes, RecordKind kind, Put&& put) {
  const std::size_t start = bytes.size();
  ByteWriter writer(bytes);
  writer.put_bytes(marker.data(), marker.size());
  writer.put(kind);
  writer.put(std::uint32_t{0});  // the length, below
  put(writer);
  const std::size_t length = bytes.size() - start - head_size;
  require(length <= std::numeric_limits<std::uint32_t>::max(),
          "a record of {} bytes is too long for a journal", length);
  const auto stored = static_cast<std::uint32_t>(length);
  std::memcpy(bytes.data() + start + 2 * number_size, &stored, sizeof stored);
  writer.put(checksum(std::span(bytes).subspan(start)));
}

Frame wrong_frame(std::string text) {
  Frame frame;
  frame.wrong = std::move(text);
  return frame;
}

}  // namespace

void put_header(std::vector<std::byte>& bytes, std::string_view identity) {
  ByteWriter writer(bytes);
  writer.put_bytes(magic.data(), magic.size());
  writer.put(version);
  writer.put_text(identity);
  writer.put(checksum(bytes));
}

Header get_header(std::span<const std::byte> bytes) {
  const std::size_t seen = std::min(bytes.size(), magic.size());
  require<BrokenBytes>(starts_with(bytes, magic.substr(0, seen)), "is not a mystic journal");
  const std::size_t fixed = magic.size() + 2 * number_size;
  require<BrokenBytes>(bytes.size() >= fixed,
                       "ends within its header, after {} bytes: it holds no evaluation; delete it "
                       "and run the study anew",
                       bytes.size());
  const std::uint32_t found = number_at(bytes, magic.size());
  require<BrokenBytes>(found == version,
                       "has format version {}; this mystic reads version {}: use the mystic that "
                       "wrote it",
                       found, version);
  const std::size_t length = number_at(bytes, magic.size() + number_size);
  require<BrokenBytes>(bytes.size() >= fixed + length + number_size,
                       "ends within its header, after {} of {} bytes: it holds no evaluation; "
                       "delete it and run the study anew",
                       bytes.size(), fixed + length + number_size);
  const std::uint32_t stored = number_at(bytes, fixed + length);
  const std::uint32_t computed = checksum(bytes.first(fixed + length));
  require<BrokenBytes>(stored == computed,
                       "has a damaged header: it says checksum {:#010x}, its bytes give {:#010x}; "
                       "restore the file from a copy",
                       stored, computed);
  Header header;
  header.identity.assign(reinterpret_cast<const char*>(bytes.data()) + fixed, length);
  header.size = fixed + length + number_size;
  return header;
}

void put_outcome_record(std::vector<std::byte>& bytes, const EvaluationId& id, double elapsed,
                        const VectorView& x, const Outcome& outcome) {
  put_record(bytes, RecordKind::outcome, [&](ByteWriter& writer) {
    writer.put(static_cast<std::uint32_t>(id.path.depth()));
    for (std::size_t level = 0; level < id.path.depth(); ++level) writer.put(id.path[level]);
    writer.put(id.k);
    writer.put(elapsed);
    writer.put_doubles(x.data(), x.size());
    put_outcome(writer, outcome);
  });
}

void put_stop_record(std::vector<std::byte>& bytes, const RecordedStop& stop) {
  put_record(bytes, RecordKind::stop, [&](ByteWriter& writer) {
    writer.put(stop.seconds);
    writer.put_text(stop.reason);
  });
}

void put_session_record(std::vector<std::byte>& bytes, double time, std::string_view text) {
  put_record(bytes, RecordKind::session, [&](ByteWriter& writer) {
    writer.put(time);
    writer.put_text(text);
  });
}

void put_rerun_record(std::vector<std::byte>& bytes, std::span<const FailureKind> kinds) {
  put_record(bytes, RecordKind::rerun, [&](ByteWriter& writer) {
    writer.put(static_cast<std::uint32_t>(kinds.size()));
    for (const FailureKind kind : kinds) writer.put(static_cast<std::uint8_t>(kind));
  });
}

Frame get_frame(std::span<const std::byte> bytes) {
  if (bytes.size() < head_size + number_size) {
    return wrong_frame(fmt::format("only {} bytes are left, fewer than any record has", bytes.size()));
  }
  if (!starts_with(bytes, marker)) {
    return wrong_frame(fmt::format("found {:#010x} where a record begins", number_at(bytes, 0)));
  }
  Frame frame;
  frame.kind = static_cast<RecordKind>(number_at(bytes, number_size));
  const std::size_t length = number_at(bytes, 2 * number_size);
  frame.size = head_size + length + number_size;
  if (frame.size > bytes.size()) {
    return wrong_frame(fmt::format("{} of its {} bytes are there", bytes.size(), frame.size));
  }
  const std::uint32_t stored = number_at(bytes, head_size + length);
  const std::uint32_t computed = checksum(bytes.first(head_size + length));
  if (stored != computed) {
    return wrong_frame(
        fmt::format("it says checksum {:#010x}, its bytes give {:#010x}", stored, computed));
  }
  frame.payload = get_payload(bytes);
  return frame;
}

std::span<const std::byte> get_payload(std::span<const std::byte> bytes) {
  return bytes.subspan(head_size, number_at(bytes, 2 * number_size));
}

std::size_t find_good_record(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (std::size_t at = text.find(marker); at != text.npos; at = text.find(marker, at + 1)) {
    if (get_frame(bytes.subspan(at)).wrong.empty()) return at;
  }
  return bytes.size();
}

OutcomeHead get_outcome_head(ByteReader& reader) {
  OutcomeHead head;
  const auto depth = reader.get<std::uint32_t>();
  require<BrokenBytes>(depth <= SearchPath::deepest, "a search path of depth {}", depth);
  for (std::uint32_t level = 0; level < depth; ++level) {
    head.id.path = head.id.path.child(reader.get<std::uint32_t>());
  }
  head.id.k = reader.get<std::uint64_t>();
  head.elapsed = reader.get<double>();
  return head;
}

void require_end(const ByteReader& reader) {
  require<BrokenBytes>(reader.left() == 0, "{} bytes too many", reader.left());
}

RecordedStop get_stop(std::span<const std::byte> payload) {
  ByteReader reader(payload);
  RecordedStop stop;
  stop.seconds = reader.get<double>();
  stop.reason = reader.get_text();
  require_end(reader);
  return stop;
}

JournalledSession get_session(std::span<const std::byte> payload) {
  ByteReader reader(payload);
  JournalledSession session;
  session.time = reader.get<double>();
  session.text = reader.get_text();
  require_end(reader);
  return session;
}

JournalledRerun get_rerun(std::span<const std::byte> payload) {
  ByteReader reader(payload);
  JournalledRerun rerun;
  const auto count = reader.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto kind = reader.get<std::uint8_t>();
    require<BrokenBytes>(kind < failure_kind_names().size(), "{} is no kind of failure", kind);
    rerun.kinds.push_back(static_cast<FailureKind>(kind));
  }
  require_end(reader);
  return rerun;
}

}  // namespace mystic::journal_format
