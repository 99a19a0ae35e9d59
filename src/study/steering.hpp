#pragma once

#include "mystic/archive/journal_error.hpp"
#include "study/study_file.hpp"

#include <filesystem>
#include <string>

// What may change on resume, and yet leads a search elsewhere: where a member stops decides on the
// starts of others, what a failure costs on the points that follow. The journal cannot be replayed then.
namespace mystic::study {

/// What a session says of itself in the journal: its host, and what steered it.
[[nodiscard]] std::string session_text(const Study& study);

/// What to tell the user of a search that has come to another point than the journal has: what was
/// changed since that evaluation was made, and what would be right.
[[nodiscard]] std::string what_led_elsewhere(const OtherPoint& error, const Study& study,
                                             const std::filesystem::path& journal);

}  // namespace mystic::study
