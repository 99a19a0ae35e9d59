#pragma once

#include "mystic/archive/journal.hpp"
#include "mystic/core/result.hpp"
#include "study/study_file.hpp"

#include <filesystem>
#include <memory>

namespace spdlog {
class logger;
}

namespace mystic::study {

/// log.txt: sessions, every failed evaluation with its reason, the end. Given to Solver::recorder in the
/// journal's place, so that a failure is written when it comes, and only then: not when it is replayed.
class StudyLog final : public Recorder {
 public:
  StudyLog(const std::filesystem::path& file, Journal& journal);
  ~StudyLog() override;

  void begin(const Study& study, const std::string& map);
  void end(const Result& result);

  bool recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) override;
  void record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) override;
  [[nodiscard]] std::optional<RecordedStop> recall_stop() const override;
  void record_stop(const RecordedStop& stop) override;
  [[nodiscard]] double earlier_seconds() const override;

 private:
  Journal& journal_;
  bool searches_ = true;  // else there is no best
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace mystic::study
