#include "mystic/control/interrupt_prompt.hpp"

#include <ostream>
#include <utility>

namespace mystic {
namespace {

bool is(const std::string& answer, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (answer == word) return true;
  }
  return false;
}

std::string trimmed(const std::string& line) {
  const auto begin = line.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

std::string question(const Activity& activity, bool calls) {
  const bool found = activity.best != nullptr && activity.best->exists();
  return fmt::format("interrupted after {} evaluations, {}: [b]est, [c]ontinue, {}[e]xit? ",
                     activity.made,
                     found ? fmt::format("best cost {:.8g}", activity.best->cost) : "nothing found yet",
                     calls ? "c[a]ll, " : "");
}

std::string best_text(const Activity& activity) {
  if (activity.best == nullptr || !activity.best->exists()) return "nothing found yet\n";
  const Best& best = *activity.best;
  std::string text = fmt::format("best cost {} at [{}]", best.cost,
                                 fmt::join(best.x.data(), best.x.data() + best.x.size(), ", "));
  if (best.violation > 0.0) text += fmt::format(", which violates a requirement by {}", best.violation);
  return text + "\n";
}

}  // namespace

std::function<InterruptAnswer(const Activity&)> interrupt_prompt(LineReader read_line, std::ostream& out,
                                                                 std::function<void(const Best&)> call) {
  require(static_cast<bool>(read_line), "interrupt_prompt: nobody reads the answers");
  return [read_line = std::move(read_line), &out, call = std::move(call)](const Activity& activity) {
    const bool found = activity.best != nullptr && activity.best->exists();
    out << question(activity, static_cast<bool>(call)) << std::flush;
    const std::optional<std::string> line = read_line();
    if (!line) return InterruptAnswer::stop;
    const std::string answer = trimmed(*line);
    if (is(answer, {"e", "exit"})) return InterruptAnswer::stop;
    if (is(answer, {"c", "continue", "cont"})) return InterruptAnswer::go_on;
    if (is(answer, {"b", "best", "sol"})) {
      out << best_text(activity) << std::flush;
    } else if (call && is(answer, {"a", "call"})) {
      if (found) {
        call(*activity.best);
      } else {
        out << "nothing found yet\n" << std::flush;
      }
    } else {
      out << fmt::format("'{}' is no answer\n", answer) << std::flush;
    }
    return InterruptAnswer::ask_again;
  };
}

}  // namespace mystic
