#pragma once

#include "inputs.hpp"

#include "mystic/models/external_model.hpp"
#include "mystic/models/template.hpp"

#include <cstdint>

namespace mystic::external {

struct PlannedStep {
  std::string title = {};                ///< for messages: name, or the program's
  std::string program = {};              ///< absolute
  std::vector<Template> arguments = {};  ///< without the program
  std::string input = {};
  std::string output = {};  ///< file names in the work directory
  std::string error = {};
  double deadline = infinity;  ///< s
  std::vector<Index> success = {};
  std::vector<std::string> produces = {};
  std::string must_say = {};
  std::string must_not_say = {};
};

/// An external model with everything looked up, read and compiled: what an evaluation needs.
struct Plan {
  struct WrittenFile {
    Template content;
    std::filesystem::path to;  ///< relative to the work directory
  };
  enum class How : std::uint8_t { copy, link, share };
  struct GivenTree {
    std::filesystem::path from;  ///< absolute
    std::filesystem::path to;    ///< relative to the work directory
    How how = How::copy;
  };
  struct Setting {
    std::string name;
    Template value;
  };

  Inputs inputs = {};
  std::string inputs_json = {};
  std::vector<WrittenFile> templates = {};
  std::vector<GivenTree> files = {};
  Environment environment = {};        ///< what is the same for all evaluations
  std::vector<Setting> settings = {};  ///< and what is not
  std::vector<PlannedStep> steps = {};
  std::vector<PlannedStep> alternative = {};
  std::vector<std::string> state = {};
  std::vector<Extraction> extractions = {};    ///< in the order of the outputs
  std::vector<std::string> output_names = {};  ///< one per value: an output of size 3 has three
  std::vector<Expression> checks = {};         ///< of output_names, then of the names of `inputs`
  double deadline = infinity;                  ///< s
  ResourceLimits limits = {};
  std::uintmax_t output_cap = 0;      ///< bytes
  std::uintmax_t largest_output = 0;  ///< bytes
};

/// A plan, and what is wrong with the options; when something is, the plan has gaps.
struct Planned {
  Plan plan = {};
  std::vector<std::string> problems = {};
};

Planned make_plan(const ExternalModelOptions& options, const Surroundings& surroundings);

/// Names of the values that outputs have: "stress", or "stress[1]", "stress[2]" for one of size 2.
std::vector<std::string> value_names(const std::vector<OutputRule>& outputs);

}  // namespace mystic::external
