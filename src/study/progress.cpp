#include "study/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace mystic::study {
namespace {

double rate_of(const Activity& activity) {
  const Index fresh = activity.made - activity.recalled;
  return activity.seconds > 0.0 ? static_cast<double>(fresh) / activity.seconds : 0.0;
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

ProgressDisplay::ProgressDisplay(std::ostream* out, bool terminal, std::optional<Index> most,
                                 std::optional<double> seconds, const std::filesystem::path& file)
    : out_(out), terminal_(terminal), most_(most), seconds_(seconds), file_(file, std::ios::app),
      pause_(terminal ? 0.2 : 1.0) {}

void ProgressDisplay::estimates(std::function<std::optional<StandingEstimate>()> standing) {
  standing_ = std::move(standing);
}

void ProgressDisplay::show(const Activity& activity) {
  if (activity.seconds >= next_written_) {
    next_written_ = activity.seconds + 1.0;
    write_json(activity);
  }
  if (out_ == nullptr || activity.seconds < next_shown_) return;
  next_shown_ = activity.seconds + pause_;
  if (terminal_) {
    *out_ << "\r\033[K" << line(activity) << std::flush;
    line_open_ = true;
    return;
  }
  // A log fills: seldomer as time goes on, at most once in five minutes.
  pause_ = std::min(300.0, pause_ * 1.5);
  *out_ << line(activity) << std::endl;
}

void ProgressDisplay::finish(const Activity& activity) {
  write_json(activity);
  if (out_ == nullptr) return;
  if (line_open_) *out_ << "\r\033[K";
  *out_ << line(activity) << std::endl;
  line_open_ = false;
}

void ProgressDisplay::leave_line() {
  if (line_open_) *out_ << '\n' << std::flush;
  line_open_ = false;
}

std::string ProgressDisplay::line(const Activity& activity) const {
  const double rate = rate_of(activity);
  // What was computed ahead of the decisions does not count.
  const Index counted = most_ ? std::min(activity.made, *most_) : activity.made;
  std::string text = fmt::format("{} done", counted);
  if (most_) text += fmt::format(" of at most {}", *most_);
  text += fmt::format(", {} failed", activity.failed);
  if (activity.recalled > 0) text += fmt::format(", {} replayed", activity.recalled);
  text += fmt::format(", {:.3g}/s, {}", rate, duration(activity.seconds));
  if (const auto left = seconds_left(activity))
    text += fmt::format(", at most {} left", duration(*left));
  if (standing_) {
    const auto estimate = standing_();
    return estimate ? fmt::format("{}, {} {}", text, estimate->name, estimate->text) : text;
  }
  text += fmt::format(", generation {}", activity.generations);
  if (activity.best != nullptr && activity.best->exists()) {
    text += fmt::format(", best {:.6g}{}", activity.best->cost,
                        activity.best->violation > 0.0 ? " (requirements not met)" : "");
  }
  return text;
}

std::optional<double> ProgressDisplay::seconds_left(const Activity& activity) const {
  std::optional<double> left;
  const double rate = rate_of(activity);
  if (most_ && rate > 0.0) {
    left = static_cast<double>(std::max<Index>(0, *most_ - activity.made)) / rate;
  }
  if (seconds_) {
    const double by_clock = std::max(0.0, *seconds_ - activity.seconds);
    left = left ? std::min(*left, by_clock) : by_clock;
  }
  return left;
}

void ProgressDisplay::write_json(const Activity& activity) {
  const bool only_replayed = activity.recalled > 0 && activity.made == activity.recalled;
  if (only_replayed) return;
  Json json;
  json["seconds"] = activity.seconds;
  json["done"] = activity.made;
  json["failed"] = activity.failed;
  json["replayed"] = activity.recalled;
  json["under_way"] = activity.under_way;
  json["rate"] = rate_of(activity);
  const auto left = seconds_left(activity);
  json["seconds_left"] = left ? Json(*left) : Json(nullptr);
  if (standing_) {
    const auto estimate = standing_();
    json["estimate"] = estimate ? estimate->json : Json(nullptr);
    write_line(json);
    return;
  }
  json["generation"] = activity.generations;
  json["searches_running"] = activity.members_running;
  const bool has_best = activity.best != nullptr && activity.best->exists();
  json["best_cost"] = has_best ? Json(activity.best->cost) : Json(nullptr);
  json["best_violation"] = has_best ? Json(activity.best->violation) : Json(nullptr);
  write_line(json);
}

void ProgressDisplay::write_line(const Json& json) {
  file_ << json.dump() << std::endl;
  // The journal is what must not be lost; a display that cannot be written does not stop the study.
  file_.clear();
}

}  // namespace mystic::study
