#include "mystic/models/external_model.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/study/study.hpp"
#include "study/registry.hpp"
#include "study/specs.hpp"
#include "mystic/maps/mpi_options.hpp"

namespace mystic {
namespace study {
namespace {

std::string options_text(const std::vector<OptionText>& options) {
  std::string text;
  for (const OptionText& option : options) {
    const std::string standard = option.standard.empty() ? "none" : option.standard;
    text += fmt::format("    {:<20} {} (default {}{})\n", option.name, option.text, standard,
                        option.domain.empty() ? "" : "; " + option.domain);
  }
  return text;
}

std::string entry_text(const std::string& name, const std::string& text,
                       const std::vector<OptionText>& options) {
  return fmt::format("{}\n  {}\n{}", name, text, options_text(options));
}

std::string solvers_text() {
  std::string text;
  for (const SolverEntry& entry : solvers()) text += entry_text(entry.name, entry.text, entry.options);
  for (const EnsembleEntry& entry : ensembles()) {
    text += entry_text(entry.name, entry.text, entry.options);
    text +=
        "    member               one of the solvers above, with its options and, beside them:\n"
        "      termination        when a member stops (default: as the solver alone)\n"
        "      generations        its own limit\n"
        "      evaluations        its own limit\n";
  }
  return text;
}

std::string terminations_text() {
  std::string text;
  for (const TerminationEntry& entry : terminations()) {
    text += entry_text(entry.name, entry.text, entry.options);
  }
  text += "any-of, all-of\n  holds when any, or all, of the terminations in the list \"of\" hold\n";
  return text + "limits\n  bounds on the run, whatever its quality\n" +
         options_text(option_texts<LimitsSpec>());
}

std::string maps_text() {
  std::string text = entry_text("serial", "in this thread, one after the other", {});
  text += entry_text("threads[:N]", "N threads of this process", option_texts<ThreadsSpec>());
#if defined(MYSTIC_HAS_OPENMP)
  text += entry_text("openmp[:N]", "an OpenMP team of N", option_texts<ThreadsSpec>());
#else
  text += entry_text("openmp[:N]", "not in this build (needs OpenMP)", {});
#endif
#if defined(MYSTIC_HAS_MPI)
  text +=
      entry_text("mpi[:carddealer|:equalportion]",
                 "the ranks of an MPI job; by itself under mpirun: rank 0 steers, the others evaluate",
                 option_texts<MpiOptions>());
#else
  text += entry_text("mpi", "not in this build (needs libopenmpi-dev and libboost-mpi-dev)", {});
#endif
  return text;
}

std::string models_text() {
  std::string text = entry_text("external", "a simulation code: templates -> command -> outputs",
                                option_texts<ExternalModelOptions>());
  text +=
      "    command              list: the program and its arguments, @name@ is filled in\n"
      "    files                list: files copied into each work directory\n"
      "    environment          object: variables of the command\n"
      "    templates            list of:\n";
  text += options_text(option_texts<TemplateFile>());
  text += "    outputs              object: name -> where the number stands:\n";
  text += options_text(option_texts<OutputRule>());
  text += "function\n  a test function with a known minimum; its one output is \"cost\"\n    name\n";
  for (const TestFunction& function : test_functions()) {
    text += fmt::format("      {:<18} {}; usually in [{}, {}], minimum {}\n", function.name,
                        function.text, function.lower, function.upper, function.minimum);
  }
  return text + "failure policy (\"policy\")\n  what to do about evaluations that fail\n" +
         options_text(option_texts<FailurePolicy>());
}

}  // namespace
}  // namespace study

std::string list_text(const std::string& what) {
  if (what == "solvers") return study::solvers_text();
  if (what == "terminations") return study::terminations_text();
  if (what == "maps") return study::maps_text();
  if (what == "models") return study::models_text();
  throw BadInput(
      fmt::format("list: '{}' is not known; there are: solvers, maps, models, terminations", what));
}

}  // namespace mystic
