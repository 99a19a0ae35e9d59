#include "study/steering.hpp"

#include "mystic/archive/read_journal.hpp"
#include "mystic/system/clock.hpp"
#include "study/identity.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace mystic::study {
namespace {

using Sorted = nlohmann::json;

// json[key], or an empty object.
Sorted part_of(const Sorted& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? Sorted::object() : *found;
}

// The costs of failures, and the rules of the members.
Sorted steering_of(const Study& study) {
  const Sorted json = study.json;
  Sorted policy = Sorted::object();
  const Sorted all = part_of(json, "policy");
  if (all.contains("cost")) policy["cost"] = all["cost"];
  policy["kinds"] = Sorted::object();
  const Sorted kinds = part_of(all, "kinds");
  for (const auto& [kind, rule] : kinds.items()) {
    if (rule.contains("cost")) policy["kinds"][kind]["cost"] = rule["cost"];
  }
  Sorted member = Sorted::object();
  const Sorted described = part_of(part_of(json, "solver"), "member");
  for (const char* key : rules_of_members) {
    if (described.contains(key)) member[key] = described[key];
  }
  Sorted steering;
  steering["policy"] = std::move(policy);
  steering["solver"]["member"] = std::move(member);
  return steering;
}

// What the session said in which an evaluation was made.
class SessionOf final : public JournalVisitor {
 public:
  explicit SessionOf(const EvaluationId& id) : id_(id) {}
  void session(const JournalledSession& session) override { current_ = session.text; }
  void outcome(const JournalledOutcome& entry) override {
    if (!found_ && entry.id == id_) found_ = current_;
  }
  [[nodiscard]] std::string text() const { return found_.value_or(""); }

 private:
  EvaluationId id_;
  std::string current_;
  std::optional<std::string> found_;
};

constexpr const char* key_of_steering = "steered by";

std::vector<std::string> changed_since(const EvaluationId& id, const Study& study,
                                       const std::filesystem::path& journal) {
  SessionOf session(id);
  read_journal(journal, session);
  const Sorted then = Sorted::parse(session.text(), nullptr, false);  // journals of old have a host only
  if (!then.is_object() || !then.contains(key_of_steering)) return {};
  return differences_between(then[key_of_steering], steering_of(study));
}

}  // namespace

std::string session_text(const Study& study) {
  Sorted text;
  text["host"] = host_name();
  text[key_of_steering] = steering_of(study);
  return text.dump();
}

std::string what_led_elsewhere(const OtherPoint& error, const Study& study,
                               const std::filesystem::path& journal) {
  const std::string where =
      fmt::format("{}: the search has come to evaluation {} at another point than the journal has: {}; ",
                  journal.string(), to_string(error.id()), error.difference());
  const std::vector<std::string> changed = changed_since(error.id(), study, journal);
  if (changed.empty()) {
    return where +
           "nothing in study.json that leads it there is known to have changed: go on with the version "
           "of mystic and the type of processor that it was run with, or begin a new run";
  }
  return where + fmt::format(
                     "what leads it there was changed since that was made; change it back, or begin a "
                     "new run:\n  {}",
                     fmt::join(changed, "\n  "));
}

}  // namespace mystic::study
