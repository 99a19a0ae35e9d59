#pragma once

#include "mystic/models/external_model.hpp"

#include <cstdint>

namespace mystic::external {

/// An external model with everything looked up, read and compiled: what an evaluation needs.
struct Plan {
  struct WrittenFile {
    Template content;
    std::filesystem::path to;  ///< relative to the work directory
  };

  std::vector<WrittenFile> templates = {};
  std::vector<std::filesystem::path> files = {};  ///< absolute
  std::string program = {};                       ///< absolute
  std::vector<Template> arguments = {};           ///< without the program
  Environment environment = {};
  std::vector<Extraction> extractions = {};  ///< in the order of the outputs
  double deadline = infinity;                ///< s
  std::uintmax_t largest_output = 0;         ///< bytes
};

/// A plan, and what is wrong with the options; when something is, the plan has gaps.
struct Planned {
  Plan plan = {};
  std::vector<std::string> problems = {};
};

Planned make_plan(const ExternalModelOptions& options, const Surroundings& surroundings);

}  // namespace mystic::external
