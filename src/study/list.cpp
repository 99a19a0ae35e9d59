#include "mystic/archive/journal.hpp"
#include "mystic/core/reducer.hpp"
#include "mystic/models/external_model.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/collapsing.hpp"
#include "mystic/solvers/until_flat.hpp"
#include "mystic/study/study.hpp"
#include "mystic/uq/law_fit.hpp"
#include "study/fitted_laws.hpp"
#include "study/law_registry.hpp"
#include "study/methods/design.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/thresholds.hpp"
#include "study/methods/until.hpp"
#include "study/registry.hpp"
#include "study/specs.hpp"

namespace mystic {
namespace study {
namespace {

// " (default 3; [1, inf])", " (needed; (0, inf))", " [-1, 1]", or nothing.
std::string default_and_domain(const OptionText& option) {
  std::string text;
  if (option.need == Need::given) text = "needed";
  if (option.need == Need::none) {
    text = "default " + (option.standard.empty() ? std::string("none") : option.standard);
  }
  if (!text.empty() && !option.domain.empty()) text += "; ";
  text += option.domain;
  if (text.empty() || option.need == Need::one_of) return text.empty() ? text : " " + text;
  return " (" + text + ")";
}

std::string options_text(const std::vector<OptionText>& options, int indent = 4) {
  std::string text;
  for (const OptionText& option : options) {
    text += fmt::format("{:{}}{:<20} {}{}\n", "", indent, option.name, option.text,
                        default_and_domain(option));
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
        "    deal                 what a worker gets: \"points\", or a member's \"whole\" search (cheap "
        "models; default points)\n"
        "    member               one of the solvers above, another ensemble or in-turn, with its "
        "options "
        "and, beside them:\n"
        "      termination        when a member stops (default: as the solver alone)\n"
        "      generations        its own limit\n"
        "      evaluations        its own limit\n";
  }
  text +=
      "in-turn\n  two searches after each other: the second begins at the best point of the first\n"
      "    first                a solver or ensemble, with termination and limits as a member\n"
      "    second               the same\n"
      "beside the options of any solver\n";
  text +=
      "    collapse             object: parameters that have come to rest are frozen, and released to "
      "see whether that was right:\n" +
      options_text(option_texts<CollapsingOptions>(), 6);
  text += "    until_flat           object: the search ends where the gradient is small:\n" +
          options_text(option_texts<FlatnessOptions>(), 6);
  text += entry_text(std::string(SearchAllOptions::title),
                     "all minima, maxima and saddles of a smooth surface; in result.json as "
                     "stationary_points",
                     option_texts<SearchAllOptions>());
  text +=
      entry_text("points", "no search: evaluates given points once each; their results in results.csv",
                 option_texts<PointsSpec>());
  return text;
}

std::string terminations_text() {
  std::string text;
  for (const TerminationEntry& entry : terminations()) {
    text += entry_text(entry.name, entry.text, entry.options);
  }
  text += "any-of, all-of\n  holds when any, or all, of the terminations in the list \"of\" hold\n";
  text += "not, when\n  holds when the termination \"of\" does not, or does\n";
  return text + "limits\n  bounds on the run, whatever its quality\n" +
         options_text(option_texts<LimitsSpec>());
}

// docs/uq/laws.md holds this text; a test compares them.
std::string laws_text() {
  std::string text;
  for (const LawEntry& entry : law_entries()) text += entry_text(entry.name, entry.text, entry.options);
  return text + fmt::format("in place of the parameters of {}\n  those of maximal likelihood\n{}",
                            fmt::join(fitted_families(), ", "), options_text(fit_texts()));
}

// docs/uq/dependence.md holds this text; a test compares them.
std::string copulas_text() {
  std::string text;
  for (const CopulaEntry& entry : copula_entries()) {
    text += entry_text(entry.name, entry.text, entry.options);
  }
  return text;
}

// docs/uq/which-method.md holds this text; a test compares them.
std::string methods_text() {
  std::string text = entry_text(
      "propagate", "how uncertain the outputs are: moments, quantiles, chances", propagate_options());
  text += "    exceed               list of objects: chances and levels, one of each object:\n" +
          options_text(option_texts<Threshold>(), 6);
  text += "    wilks                object: a bound that covers most values, whatever their law:\n" +
          options_text(option_texts<WilksOptions>(), 6);
  text += "sensitivity\n  which inputs make them so; \"kind\" is one of:\n";
  for (const SensitivityEntry& entry : sensitivity_methods()) {
    text += fmt::format("  {}\n    {}\n{}", entry.name, entry.text, options_text(entry.options, 6));
  }
  text +=
      "design\n  points without an estimate\n"
      "    kind                 with the options of that design; \"mystic list designs\" has them\n"
      "    samples              how many points, of designs that do not say so themselves\n"
      "    evaluate             whether the model is asked; else the points are only written (default "
      "true)\n";
  return text + entry_text("until",
                           "of propagate and sensitivity: ends them before all samples are there",
                           option_texts<Until>());
}

// docs/uq/designs.md holds this text; a test compares them.
std::string designs_text() {
  std::string text;
  for (const DesignEntry& entry : all_designs())
    text += entry_text(entry.name, entry.text, entry.options);
  return text;
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
      "    environment          object: variables of the commands, filled in too\n"
      "    fixed                object: constants, numbers or texts, for placeholders and expressions\n"
      "    derived              object: name -> expression of inputs, constants and those before\n"
      "    checks               list: expressions of outputs and inputs that must hold\n"
      "    state                list: files that a run leaves for the next nearby "
      "(policy.continuation)\n"
      "    files                list: files or folders to copy, or objects:\n";
  text += options_text(option_texts<GivenFile>(), 6);
  text += "    templates            list of:\n" + options_text(option_texts<TemplateFile>(), 6);
  text += "    steps                instead of command, list of:\n" +
          options_text(option_texts<CommandStep>(), 6);
  text +=
      "      command              list, as above\n"
      "      success              list: exit statuses that mean success (default [0])\n"
      "      produces             list: files that must be there afterwards, and not be empty\n"
      "    alternative          object: command or steps that are run when all else failed\n";
  text += "    work                 object:\n" + options_text(option_texts<WorkOptions>(), 6);
  text += "    outputs              object: name -> where the number stands:\n";
  text += options_text(option_texts<OutputRule>(), 6);
  text +=
      "function\n  a test function with a known minimum; its one output is \"cost\"; \"mystic list "
      "functions\"\n  has formulas, minima and sources\n    name\n";
  for (const TestFunction& function : test_functions()) {
    text += fmt::format("      {:<22} {} variables, usually in {}\n", function.name,
                        function.sizes_text(), function.box_text());
  }
  return text + "failure policy (\"policy\")\n  what to do about evaluations that fail\n" +
         options_text(option_texts<FailurePolicy>()) +
         "    kinds                object: kind of failure -> what is different for it:\n" +
         options_text(option_texts<FailureRule>(), 6) +
         fmt::format("    the kinds of failure are {}\n", fmt::join(failure_kind_names(), ", "));
}

std::string indented(std::string_view text) {
  std::string lines = "  ";
  for (const char letter : text) lines += letter == '\n' ? std::string("\n  ") : std::string(1, letter);
  return lines + "\n";
}

// docs/functions.md holds this text; a test compares them.
std::string functions_text() {
  std::string text;
  for (const TestFunction& function : test_functions()) {
    text += fmt::format("{}{}\n", text.empty() ? "" : "\n", function.name);
    text += indented(function.text) + indented(fmt::format("f = {}", function.formula));
    text += fmt::format("  variables: {}; usual box: {}\n  minimum: {}\n", function.sizes_text(),
                        function.box_text(), function.minimum_text());
    if (!function.stationary.empty()) {
      text += fmt::format("  stationary points known: {}{}\n", function.stationary.size(),
                          function.stationary_is_complete ? ", all there are" : "");
    }
    text += indented(fmt::format("source: {}", function.source));
    if (!function.original.empty())
      text += fmt::format("  in the original mystic: {}\n", function.original);
  }
  return text;
}

// The keys of a study that the other lists do not hold.
std::string study_text() {
  std::string text = entry_text("study", "the file's own keys", option_texts<StudySpec>());
  text +=
      "    variables, dependence, model, cost, requirements, penalty, solver or method, initial, "
      "termination, limits, policy, journal, map\n";
  text += entry_text("variables", "list of what may be chosen", option_texts<VariableSpec>());
  text +=
      "    choices              of a choice: list of words and numbers\n"
      "    law                  object: how it is uncertain; \"mystic list laws\"\n"
      "    weights              of a choice, instead of a law: list of one number for each, "
      "proportional "
      "to the probability\n"
      "dependence\n  list of objects: variables that are not independent\n"
      "    of                   list of their names\n"
      "    copula               how they hang together, with its options; \"mystic list copulas\"\n";
  text += entry_text("initial", "several points to begin with", option_texts<InitialSpec>());
  text += "    covariance           multinormal: list of lists of numbers\n";
  text +=
      "cost\n  one of these\n"
      "    minimise             an output\n"
      "    maximise             an output\n"
      "    misfit               object: output -> target; the sum of the squared distances is "
      "minimised\n"
      "    reduce               a way to make one number of several, which is minimised: " +
      fmt::format("{}\n", fmt::join(reduction_names(), ", ")) +
      "    of                   with reduce: list of outputs (default: all)\n";
  text += entry_text("requirements", "list of limits on outputs", option_texts<RequirementSpec>());
  text +=
      entry_text("penalty", "what breaking a requirement adds to the cost", option_texts<PenaltySpec>());
  return text + entry_text("journal", "the record that resume goes by", option_texts<JournalOptions>());
}

}  // namespace
}  // namespace study

std::string list_text(const std::string& what) {
  if (what == "solvers") return study::solvers_text();
  if (what == "terminations") return study::terminations_text();
  if (what == "maps") return study::maps_text();
  if (what == "models") return study::models_text();
  if (what == "functions") return study::functions_text();
  if (what == "laws") return study::laws_text();
  if (what == "copulas") return study::copulas_text();
  if (what == "methods") return study::methods_text();
  if (what == "designs") return study::designs_text();
  if (what == "study") return study::study_text();
  const std::vector<std::string> names{"solvers", "maps",    "models",  "functions",    "laws",
                                       "copulas", "methods", "designs", "terminations", "study"};
  throw BadInput(fmt::format("list: '{}' is not known{}; there are: {}", what, did_you_mean(what, names),
                             fmt::join(names, ", ")));
}

}  // namespace mystic
