#pragma once

#include "mystic/system/supervisor.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace mystic::study {

/// The directory of one study: its copy of the study, journal, log, progress and result.
struct RunDirectory {
  std::filesystem::path path;

  [[nodiscard]] std::filesystem::path study() const { return path / "study.json"; }
  [[nodiscard]] std::filesystem::path journal() const { return path / "journal.mystic"; }
  [[nodiscard]] std::filesystem::path log() const { return path / "log.txt"; }
  [[nodiscard]] std::filesystem::path progress() const { return path / "progress.jsonl"; }
  [[nodiscard]] std::filesystem::path result() const { return path / "result.json"; }
  /// Of a study of uncertainty.
  [[nodiscard]] std::filesystem::path pictures() const { return path / "pictures"; }
  [[nodiscard]] std::filesystem::path design() const { return path / "design.csv"; }
  /// Of a study that evaluates given points.
  [[nodiscard]] std::filesystem::path table() const { return path / "results.csv"; }
};

/// Makes the directory, which must not exist yet. Without a wish: `name`.run, or `name`.run-2, ...
/// It is filled by `fill` under another name and gets its own in one instant: a directory that exists
/// can be resumed, whenever the program was killed.
/// @param keeper  removes what is not finished if we are killed; may be null
/// @throws BadInput; what `fill` throws
[[nodiscard]] RunDirectory make_run_directory(const std::filesystem::path* wish, const std::string& name,
                                              const Supervisor* keeper,
                                              const std::function<void(const RunDirectory&)>& fill);

/// One that is there. @throws BadInput if it is not
[[nodiscard]] RunDirectory find_run_directory(const std::filesystem::path& path);

/// Replaces a file in one instant: whoever reads sees the old or the new one, whole, and on the disk.
/// @throws Error
void replace_file(const std::filesystem::path& file, const std::string& content);

}  // namespace mystic::study
