#include "study/study_log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

namespace mystic::study {

StudyLog::StudyLog(const std::filesystem::path& file) {
  auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string(), false);
  logger_ = std::make_shared<spdlog::logger>("study", std::move(sink));
  logger_->set_pattern("%Y-%m-%d %H:%M:%S.%e %-7l %v");
  logger_->flush_on(spdlog::level::info);
  // A log that cannot be written does not stop a study: the journal says so if the disk is full.
  logger_->set_error_handler([](const std::string&) {});
}

StudyLog::~StudyLog() = default;

void StudyLog::begin(const Study& study, const std::string& map, std::uint64_t known,
                     std::uint64_t dropped_bytes) {
  logger_->info("study {} ({}), map {}, {} outcomes in the journal", study.name, study.method_text, map,
                known);
  if (dropped_bytes > 0) {
    logger_->warn("the journal's last record was torn: {} bytes dropped", dropped_bytes);
  }
}

void StudyLog::evaluation(const EvaluationRecord& record) {
  if (record.outcome.ok()) return;
  logger_->warn("evaluation {} at [{}] failed ({}, {} attempts): {}", to_string(record.id),
                fmt::join(record.x.data(), record.x.data() + record.x.size(), ", "),
                name_of(record.outcome.failure->kind), record.outcome.attempts,
                record.outcome.failure->text);
}

void StudyLog::end(const Result& result) {
  logger_->info("stopped ({}): {}; {} evaluations, {} failed, best cost {}", name_of(result.stop.kind),
                result.stop.reason, result.evaluations, result.failed, result.best.cost);
}

}  // namespace mystic::study
