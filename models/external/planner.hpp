#pragma once

#include "plan.hpp"

#include <set>

namespace mystic::external {

/// Makes the plan of one model, and collects what is wrong on the way.
class Planner {
 public:
  Planner(const ExternalModelOptions& options, const Surroundings& surroundings);

  [[nodiscard]] Planned result() &&;

 private:
  // planner.cpp
  Template parse(const std::string& place, const std::string& origin, std::string_view text,
                 const TemplateFile& how = {});
  void note_use(const Template& parsed, const std::string& place);
  void claim(const std::string& place, const std::filesystem::path& to);
  void plan_template(std::size_t i);
  void plan_file(std::size_t i);
  void plan_inputs_json();
  void check_use_of_inputs();
  void plan_outputs();
  void plan_checks();
  void plan_limits();
  std::string no_input(const std::string& name, const TemplateFile& how) const;

  // plan_steps.cpp
  void plan_environment(const Environment& ours);
  void plan_all_steps();
  std::vector<PlannedStep> plan_steps(const std::string& key, const std::vector<std::string>& command,
                                      const std::vector<CommandStep>& steps);
  PlannedStep plan_step(const std::string& place, const CommandStep& step, bool has_place);
  void plan_command(const std::string& place, const std::vector<std::string>& command,
                    PlannedStep& planned);
  std::string plan_program(const std::string& place, const std::string& program);
  void check_step(const std::string& place, const CommandStep& step);

  const ExternalModelOptions& options_;
  std::filesystem::path directory_;
  Faults faults_;
  Plan plan_;
  std::vector<bool> used_;         ///< per name of the inputs
  std::set<std::string> claimed_;  ///< names in the work directory
  bool some_template_unread_ = false;
};

}  // namespace mystic::external
