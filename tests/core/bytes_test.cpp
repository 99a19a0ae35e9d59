#include "mystic/core/bytes.hpp"

#include "mystic/core/result.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace mystic {
namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

TEST(Bytes, ReadBackWhatWasWritten) {
  std::vector<std::byte> bytes;
  ByteWriter writer(bytes);
  const Vector values{{1.5, -0.0, std::numeric_limits<double>::quiet_NaN(), infinity}};
  writer.put(std::uint8_t{7});
  writer.put(-3.25);
  writer.put_text("two\nlines");
  writer.put_text("");
  writer.put_doubles(values.data(), values.size());
  writer.put_doubles(nullptr, 0);
  ByteReader reader(bytes);
  EXPECT_EQ(reader.get<std::uint8_t>(), 7);
  EXPECT_EQ(reader.get<double>(), -3.25);
  EXPECT_EQ(reader.get_text(), "two\nlines");
  EXPECT_EQ(reader.get_text(), "");
  Vector again;
  reader.get_doubles(again);
  ASSERT_EQ(again.size(), 4);
  for (Index i = 0; i < 4; ++i) EXPECT_EQ(bits(again[i]), bits(values[i])) << i;
  reader.get_doubles(again);
  EXPECT_EQ(again.size(), 0);
  EXPECT_EQ(reader.left(), 0U);
}

TEST(Bytes, ALengthBeyondTheEndIsRefusedBeforeAnythingIsAllocated) {
  std::vector<std::byte> bytes;
  ByteWriter writer(bytes);
  writer.put(std::uint32_t{0xffffffff});
  writer.put(1.0);
  ByteReader text(bytes);
  EXPECT_THROW(text.get_text(), BrokenBytes);
  ByteReader doubles(bytes);
  Vector values;
  EXPECT_THROW(doubles.get_doubles(values), BrokenBytes);
}

std::vector<Outcome> outcomes() {
  Outcome good;
  good.outputs = Vector{{2.5, -1e-300}};
  good.attempts = 3;
  good.seconds = 0.125;
  good.host = "node17";
  Outcome bad = good;
  bad.fail(FailureKind::missing_output, "no token 'MASS' in out.dat");
  Outcome last;
  last.fail(FailureKind::cancelled, "");
  return {good, bad, last};
}

std::vector<std::byte> bytes_of(const Outcome& outcome) {
  std::vector<std::byte> bytes;
  ByteWriter writer(bytes);
  put_outcome(writer, outcome);
  return bytes;
}

TEST(OutcomeBytes, ReadBackWhatWasWritten) {
  for (const Outcome& outcome : outcomes()) {
    const auto bytes = bytes_of(outcome);
    ByteReader reader(bytes);
    Outcome again;
    again.fail(FailureKind::signal, "what was here before");
    get_outcome(reader, again);
    EXPECT_EQ(reader.left(), 0U);
    EXPECT_EQ(again.ok(), outcome.ok());
    EXPECT_EQ(again.attempts, outcome.attempts);
    EXPECT_EQ(again.seconds, outcome.seconds);
    EXPECT_EQ(again.host, outcome.host);
    if (outcome.ok()) {
      EXPECT_EQ(again.outputs, outcome.outputs);
    } else {
      EXPECT_EQ(again.failure->kind, outcome.failure->kind);
      EXPECT_EQ(again.failure->text, outcome.failure->text);
    }
  }
}

TEST(OutcomeBytes, ThatEndTooEarlyAreRefusedWhereverTheyEnd) {
  for (const Outcome& outcome : outcomes()) {
    const auto bytes = bytes_of(outcome);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      // A copy of its own, so that the address sanitizer sees a read beyond it.
      const std::vector<std::byte> torn(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(length));
      ByteReader reader(torn);
      Outcome again;
      EXPECT_THROW(get_outcome(reader, again), BrokenBytes) << length;
    }
  }
}

TEST(OutcomeBytes, WithAFailureThatNobodyKnowsAreRefused) {
  Outcome outcome;
  outcome.fail(FailureKind::cancelled, "x");
  auto bytes = bytes_of(outcome);
  bytes[bytes.size() - 6] = std::byte{13};  // the kind, before the text's length and its one letter
  ByteReader reader(bytes);
  EXPECT_THROW(get_outcome(reader, outcome), BrokenBytes);
}

// The numbers are in journals: a new kind goes to the end.
TEST(FailureKind, KeepsItsNumberAndName) {
  const std::vector<std::string_view> names = {
      "exception",      "not_a_number",      "not_started", "exit_status", "signal",    "deadline",
      "missing_output", "unreadable_output", "files",       "worker_lost", "cancelled", "limit",
      "check"};
  for (std::size_t kind = 0; kind < names.size(); ++kind) {
    EXPECT_EQ(name_of(static_cast<FailureKind>(kind)), names[kind]);
    EXPECT_EQ(failure_kind(names[kind]), static_cast<FailureKind>(kind));
  }
}

Result full_result() {
  Result result;
  result.best.x = Vector{{0.1, 1e-17, -3.0}};
  result.best.cost = 0.3;
  result.best.violation = 0.25;
  result.best.outputs = Vector{{0.3, 7.0}};
  result.best.id = {SearchPath{}.child(2), 41};
  result.stop = {StopKind::failures, "too many"};
  result.generations = 12;
  result.evaluations = 345;
  result.failed = 6;
  result.cached = 8;
  result.members = {{0.3, 200, 5, {StopKind::converged, "found"}},
                    {infinity, 145, 7, {StopKind::ended, ""}}};
  result.run = {"mpi:carddealer", 3, 1.5, 4.0, 17, 9, 2};
  return result;
}

TEST(ResultBytes, ReadBackWhatWasWritten) {
  const Result result = full_result();
  const Result again = result_from_bytes(to_bytes(result));
  EXPECT_EQ(again.best.x, result.best.x);
  EXPECT_EQ(again.best.cost, result.best.cost);
  EXPECT_EQ(again.best.violation, result.best.violation);
  EXPECT_EQ(again.best.outputs, result.best.outputs);
  EXPECT_EQ(again.best.id, result.best.id);
  EXPECT_EQ(again.stop.kind, result.stop.kind);
  EXPECT_EQ(again.stop.reason, result.stop.reason);
  EXPECT_EQ(again.generations, 12);
  EXPECT_EQ(again.evaluations, 345);
  EXPECT_EQ(again.failed, 6);
  EXPECT_EQ(again.cached, 8);
  ASSERT_EQ(again.members.size(), 2U);
  EXPECT_EQ(again.members[0].evaluations, 200);
  EXPECT_EQ(again.members[0].stop.reason, "found");
  EXPECT_EQ(again.members[1].best_cost, infinity);
  EXPECT_EQ(again.members[1].generations, 7);
  EXPECT_EQ(again.run.map, "mpi:carddealer");
  EXPECT_EQ(again.run.workers, 3);
  EXPECT_EQ(again.run.seconds, 1.5);
  EXPECT_EQ(again.run.busy_seconds, 4.0);
  EXPECT_EQ(again.run.recalled, 17);
  EXPECT_EQ(again.run.cached, 9);
  EXPECT_EQ(again.run.speculative, 2);
}

TEST(ResultBytes, ThatEndTooEarlyAreRefusedWhereverTheyEnd) {
  const auto bytes = to_bytes(full_result());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_THROW(static_cast<void>(result_from_bytes(cut)), BrokenBytes) << length;
  }
}

TEST(ResultRun, UtilisationIsTheShareOfTheWorkersTime) {
  Result::Run run;
  EXPECT_EQ(run.utilisation(), 0.0) << "nobody timed it";
  run = {"threads:4", 4, 10.0, 30.0, 0, 0};
  EXPECT_EQ(run.utilisation(), 0.75);
  run.busy_seconds = 41.0;
  EXPECT_EQ(run.utilisation(), 1.0) << "clocks differ by a little";
}

}  // namespace
}  // namespace mystic
