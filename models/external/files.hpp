#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace mystic::external {

/// What a file holds, or, in `error`, why it cannot be said ("does not exist", ...).
struct FileText {
  std::string text = {};
  std::string error = {};
  bool exists = false;
};

/// Reads a regular file of at most `most_bytes`; a pipe or a device, on which a read could wait for
/// ever, is an error.
FileText read_file(const std::filesystem::path& file,
                   std::uintmax_t most_bytes = std::numeric_limits<std::uintmax_t>::max());

/// Writes a file, with the directories that lead to it. @return why it failed, or nothing
std::string write_file(const std::filesystem::path& file, std::string_view text);

/// Copies a file or a folder with all in it, permissions too, to a place that is not there yet.
/// @return why it failed, or nothing
std::string copy_to(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes a symbolic link at `to`. @return why it failed, or nothing
std::string link_to(const std::filesystem::path& from, const std::filesystem::path& to);

/// Takes the right to write from `path` and all below it. @return why it failed, or nothing
std::string make_read_only(const std::filesystem::path& path);

/// Whether `path`, which a user gave, names something below the directory it is relative to.
bool stays_below(const std::filesystem::path& path);

/// Why `program` cannot be run, or nothing.
std::string why_not_executable(const std::filesystem::path& program);

/// Why nothing can be made in `directory`, which need not exist, or nothing.
std::string why_not_writable(const std::filesystem::path& directory);

/// The program of that name in the directories of a PATH, of which relative ones do not count; empty:
/// there is none.
std::filesystem::path find_on_path(std::string_view program, std::string_view path);

}  // namespace mystic::external
