#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/models/external_options.hpp"

#include <filesystem>
#include <string>

namespace mystic::external {

/// Puts work directories aside that are to stay.
class Keeper {
 public:
  Keeper(const WorkOptions& options, std::filesystem::path where)
      : options_(options), where_(std::move(where)) {}

  [[nodiscard]] bool wants(bool failed) const {
    return options_.keep == "always" || (options_.keep == "on-failure" && failed);
  }

  /// Moves `directory`, or packs it, into the place of kept ones, under a name of its own: "root-17",
  /// "root-17-2" if there is one. @return "kept: WHERE", or why it could not be
  [[nodiscard]] std::string keep(const std::filesystem::path& directory, const EvaluationId& id) const;

 private:
  WorkOptions options_;
  std::filesystem::path where_;
};

}  // namespace mystic::external
