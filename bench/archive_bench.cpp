// What the journal adds to an evaluation: one record of a 10-D point, one output, no failure.

#include "mystic/archive/journal.hpp"

#include <benchmark/benchmark.h>

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace {

using namespace mystic;

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "mystic-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw Error("no temporary directory " + name);
    path_ = name;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Evaluation {
  EvaluationId id = {.path = SearchPath{}.child(3), .k = 0};
  Vector x = Vector::LinSpaced(10, -1.0, 1.0);
  Outcome outcome = {
      .outputs = Vector{{0.125}}, .failure = {}, .attempts = 1, .seconds = 0.0, .host = {}};
};

JournalOptions synced_every(double seconds) {
  JournalOptions options;
  options.sync_seconds = seconds;
  return options;
}

void journal_record(benchmark::State& state) {
  const TemporaryDirectory directory;
  Journal journal = Journal::create(directory.path() / "journal", "{}", synced_every(1.0));
  Evaluation evaluation;
  for (auto _ : state) {
    journal.record(evaluation.id, evaluation.x, evaluation.outcome);
    ++evaluation.id.k;
  }
  state.counters["bytes"] =
      static_cast<double>(std::filesystem::file_size(directory.path() / "journal")) /
      static_cast<double>(state.iterations());
}
BENCHMARK(journal_record);

void journal_record_synced_each(benchmark::State& state) {
  const TemporaryDirectory directory;
  Journal journal = Journal::create(directory.path() / "journal", "{}", synced_every(0.0));
  Evaluation evaluation;
  for (auto _ : state) {
    journal.record(evaluation.id, evaluation.x, evaluation.outcome);
    ++evaluation.id.k;
  }
}
BENCHMARK(journal_record_synced_each)->UseRealTime();

constexpr std::uint64_t recorded = 100'000;

void fill(const std::filesystem::path& path) {
  Journal journal = Journal::create(path, "{}", synced_every(1.0));
  Evaluation evaluation;
  for (; evaluation.id.k < recorded; ++evaluation.id.k) {
    journal.record(evaluation.id, evaluation.x, evaluation.outcome);
  }
}

/// Per record of a journal of 100000.
void journal_open(benchmark::State& state) {
  const TemporaryDirectory directory;
  fill(directory.path() / "journal");
  for (auto _ : state) {
    benchmark::DoNotOptimize(Journal::open(directory.path() / "journal", synced_every(1.0)));
  }
  state.counters["per_record"] =
      benchmark::Counter(static_cast<double>(recorded),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(journal_open)->Unit(benchmark::kMillisecond);

void journal_recall(benchmark::State& state) {
  const TemporaryDirectory directory;
  fill(directory.path() / "journal");
  Journal journal = Journal::open(directory.path() / "journal", synced_every(1.0));
  Evaluation evaluation;
  Outcome outcome;
  for (auto _ : state) {
    benchmark::DoNotOptimize(journal.recall(evaluation.id, evaluation.x, outcome));
    evaluation.id.k = (evaluation.id.k + 1) % recorded;
  }
}
BENCHMARK(journal_recall);

}  // namespace
