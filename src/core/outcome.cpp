#include "mystic/core/outcome.hpp"

#include "mystic/core/bytes.hpp"

#include <algorithm>
#include <array>

namespace mystic {
namespace {

constexpr std::array<std::string_view, 13> failure_names{
    "exception",      "not_a_number",      "not_started", "exit_status", "signal",    "deadline",
    "missing_output", "unreadable_output", "files",       "worker_lost", "cancelled", "limit",
    "check"};

}  // namespace

std::string_view name_of(FailureKind kind) { return failure_names.at(static_cast<std::size_t>(kind)); }

std::optional<FailureKind> failure_kind(std::string_view name) {
  const auto* const found = std::find(failure_names.begin(), failure_names.end(), name);
  if (found == failure_names.end()) return std::nullopt;
  return static_cast<FailureKind>(found - failure_names.begin());
}

std::span<const std::string_view> failure_kind_names() { return failure_names; }

void put_outcome(ByteWriter& writer, const Outcome& outcome) {
  writer.put(static_cast<std::uint8_t>(outcome.ok() ? 1 : 0));
  writer.put(outcome.attempts);
  writer.put(outcome.seconds);
  writer.put_text(outcome.host);
  writer.put_text(outcome.note);
  if (outcome.ok()) {
    writer.put_doubles(outcome.outputs.data(), outcome.outputs.size());
  } else {
    writer.put(static_cast<std::uint8_t>(outcome.failure->kind));
    writer.put_text(outcome.failure->text);
  }
}

void get_outcome(ByteReader& reader, Outcome& outcome) {
  const bool ok = reader.get<std::uint8_t>() != 0;
  outcome.attempts = reader.get<std::int32_t>();
  outcome.seconds = reader.get<double>();
  outcome.host = reader.get_text();
  outcome.note = reader.get_text();
  outcome.failure.reset();
  if (ok) {
    reader.get_doubles(outcome.outputs);
    return;
  }
  const auto kind = reader.get<std::uint8_t>();
  require<BrokenBytes>(kind < failure_names.size(), "{} is no kind of failure", kind);
  outcome.fail(static_cast<FailureKind>(kind), reader.get_text());
}

}  // namespace mystic
