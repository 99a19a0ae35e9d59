#pragma once

#include "mystic/archive/read_journal.hpp"
#include "mystic/core/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The format of a journal, version 2. Numbers are little-endian and lie without gaps; text and
// lists are a u32 count and the items (core/bytes.hpp).
//
//   header    8 bytes  "\x8bmystic\n": no text file, and damaged by a transfer as text
//             u32      version
//             text     identity
//             u32      CRC-32 of all the bytes before
//
//   record    4 bytes  "\x8brec"
//             u32      kind
//             u32      length of the payload
//             payload  1 outcome: depth u32, steps u32 each, k u64, elapsed f64, x f64s, outcome
//                      2 stop: seconds f64, reason text
//                      3 session: time f64, text
//                      4 rerun: kinds u32, a u8 for each; from there on an evaluation may stand a
//                        second time, with another x, and then only the later one counts
//             u32      CRC-32 of all the record's bytes before
//
// A process that dies leaves a prefix of a record; a machine that dies may leave zeros or old bytes
// as well. So a bad record with no good one behind it is a torn end. A good one is looked for from
// the next byte on, by its marker: a damaged length must not pass for a record that was cut, nor
// lead past the good ones.
namespace mystic::journal_format {

enum class RecordKind : std::uint32_t { outcome = 1, stop = 2, session = 3, rerun = 4 };

inline constexpr std::uint32_t version = 2;

void put_header(std::vector<std::byte>& bytes, std::string_view identity);

struct Header {
  std::string identity;
  std::size_t size = 0;
};

/// @throws BrokenBytes saying what is wrong with the header of a journal, without the file's name
[[nodiscard]] Header get_header(std::span<const std::byte> bytes);

/// Each appends one whole record.
void put_outcome_record(std::vector<std::byte>& bytes, const EvaluationId& id, double elapsed,
                        const VectorView& x, const Outcome& outcome);
void put_stop_record(std::vector<std::byte>& bytes, const RecordedStop& stop);
void put_session_record(std::vector<std::byte>& bytes, double time, std::string_view text);

void put_rerun_record(std::vector<std::byte>& bytes, std::span<const FailureKind> kinds);

/// What stands at the beginning of some bytes.
struct Frame {
  RecordKind kind = RecordKind::outcome;
  std::span<const std::byte> payload;
  std::size_t size = 0;  ///< of the whole record
  std::string wrong;     ///< empty: a good record; otherwise why it is none
};

[[nodiscard]] Frame get_frame(std::span<const std::byte> bytes);

/// The payload of a record that get_frame() has found good.
[[nodiscard]] std::span<const std::byte> get_payload(std::span<const std::byte> bytes);

/// Where the first good record begins, or bytes.size().
[[nodiscard]] std::size_t find_good_record(std::span<const std::byte> bytes);

/// The parts of an outcome's payload, in their order.
struct OutcomeHead {
  EvaluationId id;
  double elapsed = 0.0;
};
[[nodiscard]] OutcomeHead get_outcome_head(ByteReader& reader);
/// Then: reader.get_doubles(x), get_outcome(reader, outcome), require_end(reader).
void require_end(const ByteReader& reader);

[[nodiscard]] RecordedStop get_stop(std::span<const std::byte> payload);
[[nodiscard]] JournalledSession get_session(std::span<const std::byte> payload);
[[nodiscard]] JournalledRerun get_rerun(std::span<const std::byte> payload);

}  // namespace mystic::journal_format
