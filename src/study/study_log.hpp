#pragma once

#include "mystic/core/monitor.hpp"
#include "mystic/core/result.hpp"
#include "study/study_file.hpp"

#include <filesystem>
#include <memory>

namespace spdlog {
class logger;
}

namespace mystic::study {

/// log.txt: sessions, every failed evaluation with its reason, the end. Given to Solver::on_evaluation.
class StudyLog : public Monitor {
 public:
  explicit StudyLog(const std::filesystem::path& file);
  ~StudyLog() override;

  void begin(const Study& study, const std::string& map, std::uint64_t known,
             std::uint64_t dropped_bytes);
  void evaluation(const EvaluationRecord& record) override;
  void end(const Result& result);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace mystic::study
