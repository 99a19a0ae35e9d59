#include "study/study_log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

namespace mystic::study {

StudyLog::StudyLog(const std::filesystem::path& file, Journal& journal) : journal_(journal) {
  auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string(), false);
  logger_ = std::make_shared<spdlog::logger>("study", std::move(sink));
  logger_->set_pattern("%Y-%m-%d %H:%M:%S.%e %-7l %v");
  logger_->flush_on(spdlog::level::info);
  // A log that cannot be written does not stop a study: the journal says so if the disk is full.
  logger_->set_error_handler([](const std::string&) {});
}

StudyLog::~StudyLog() = default;

void StudyLog::begin(const Study& study, const std::string& map) {
  searches_ = !study.evaluates_points;
  logger_->info("study {} ({}), map {}, {} outcomes in the journal", study.name, study.method_text, map,
                journal_.known());
  if (journal_.dropped_bytes() > 0) {
    logger_->warn("the journal's last record was torn: {} bytes dropped", journal_.dropped_bytes());
  }
}

void StudyLog::end(const Result& result) {
  logger_->info("stopped ({}): {}; {} evaluations, {} failed{}", name_of(result.stop.kind),
                result.stop.reason, result.evaluations, result.failed,
                searches_ ? fmt::format(", best cost {}", result.best.cost) : "");
}

bool StudyLog::recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) {
  return journal_.recall(id, x, outcome);
}

void StudyLog::record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) {
  journal_.record(id, x, outcome);
  if (outcome.ok()) {
    if (!outcome.note.empty() && outcome.note != "cached")
      logger_->info("evaluation {}: {}", to_string(id), outcome.note);
    return;
  }
  logger_->warn("evaluation {} at [{}] failed ({}, {} attempts): {}", to_string(id),
                fmt::join(x.data(), x.data() + x.size(), ", "), name_of(outcome.failure->kind),
                outcome.attempts, outcome.failure->text);
}

std::optional<RecordedStop> StudyLog::recall_stop() const { return journal_.recall_stop(); }

void StudyLog::record_stop(const RecordedStop& stop) { journal_.record_stop(stop); }

double StudyLog::earlier_seconds() const { return journal_.earlier_seconds(); }

}  // namespace mystic::study
