#include "study/identity.hpp"

#include "study/methods/method.hpp"

#include <boost/crc.hpp>

namespace mystic::study {
namespace {

// Sorted by key: the order in which the keys of an object are written does not matter.
using Sorted = nlohmann::json;

// A fingerprint, so that identities stay short.
std::string fingerprint(const std::string& content) {
  boost::crc_32_type crc;
  crc.process_bytes(content.data(), content.size());
  return fmt::format("{} bytes, checksum {:08x}", content.size(), crc.checksum());
}

Sorted fingerprints_of_files(const Study& study) {
  Sorted files = Sorted::object();
  if (study.initial_file) files["initial"] = fingerprint(read_file(*study.initial_file));
  if (study.points_file) files["points"] = fingerprint(read_file(*study.points_file));
  for (const std::string& name : study.law_files) {
    files[name] = fingerprint(read_file(study.directory / name));
  }
  const auto* external = std::get_if<ExternalModelOptions>(&study.model);
  if (external == nullptr) return files;
  const auto add = [&](const std::string& name) {
    if (!name.empty()) files[name] = fingerprint(read_file(study.directory / name));
  };
  for (const TemplateFile& file : external->templates) add(file.from);
  for (const GivenFile& file : external->files) {
    if (std::filesystem::is_regular_file(study.directory / file.from)) add(file.from);
  }
  return files;
}

// For people only, or free to change. Of members that are dealt whole the journal holds what they have
// come to: then that depends on their rules and policies, too.
void remove_free_keys(Sorted& json, bool dealt_whole) {
  for (const char* key : {"name", "description", "limits", "termination", "map", "journal", "seed"}) {
    json.erase(key);
  }
  if (!dealt_whole) json.erase("policy");
  for (const char* key : {"deadline", "memory", "cpu_seconds", "largest_file", "output_cap", "cores",
                          "at_once", "work", "cache"}) {
    json["model"].erase(key);
  }
  const auto free_steps = [](Sorted& holder) {
    if (!holder.is_object() || !holder.contains("steps")) return;
    for (Sorted& step : holder["steps"]) step.erase("deadline");
  };
  free_steps(json["model"]);
  if (json["model"].contains("alternative")) free_steps(json["model"]["alternative"]);
  if (json["model"].contains("outputs")) {
    for (Sorted& output : json["model"]["outputs"]) output.erase("unit");
  }
  if (json.contains("variables")) {
    for (Sorted& variable : json["variables"]) {
      variable.erase("text");
      variable.erase("unit");
    }
  }
  if (!dealt_whole && json.contains("solver") && json["solver"].contains("member")) {
    for (const char* key : rules_of_members) json["solver"]["member"].erase(key);
  }
}

// Of a method what its points hang on; the rest says what is made of their outputs, and how many there
// are.
void keep_points_only(Sorted& json, const UncertaintyMethod& method) {
  for (const char* key : {"cost", "requirements"}) json.erase(key);
  Sorted& object = json["method"].begin().value();
  object = method.identity();
}

std::string readable(const std::string& pointer) {
  std::string path;
  std::size_t begin = 1;
  while (begin <= pointer.size()) {
    std::size_t end = pointer.find('/', begin);
    if (end == std::string::npos) end = pointer.size();
    const std::string step = pointer.substr(begin, end - begin);
    const bool index = !step.empty() && step.find_first_not_of("0123456789") == std::string::npos;
    if (index) {
      path += "[" + step + "]";
    } else {
      path += (path.empty() ? "" : ".") + step;
    }
    begin = end + 1;
  }
  return path;
}

}  // namespace

std::string identity_of(const Study& study, std::uint64_t seed) {
  Sorted what = study.json;
  remove_free_keys(what, study.deals_whole);
  if (study.uncertainty) keep_points_only(what, *study.uncertainty);
  what["seed"] = seed;
  what["seed in the file"] = study.seed;
  what["outputs in order"] = output_names(study);
  what["contents of files"] = fingerprints_of_files(study);
  const auto where = std::filesystem::absolute(study.directory).lexically_normal().string();
  return Sorted{{"study", what}, {"directory", where}, {"name", study.name}}.dump();
}

std::vector<std::string> differences(const std::string& before, const std::string& now) {
  return differences_between(Sorted::parse(before).at("study"), Sorted::parse(now).at("study"));
}

std::vector<std::string> differences_between(const Sorted& old_study, const Sorted& new_study) {
  std::vector<std::string> lines;
  for (const Sorted& change : Sorted::diff(old_study, new_study)) {
    const auto pointer = change.at("path").get<std::string>();
    const std::string place = readable(pointer);
    const std::string operation = change.at("op").get<std::string>();
    if (operation == "remove") {
      lines.push_back(fmt::format("{}: was {}, is missing", place,
                                  old_study.at(Sorted::json_pointer(pointer)).dump()));
    } else if (operation == "add") {
      lines.push_back(fmt::format("{}: was missing, is {}", place, change.at("value").dump()));
    } else {
      lines.push_back(fmt::format("{}: was {}, is {}", place,
                                  old_study.at(Sorted::json_pointer(pointer)).dump(),
                                  change.at("value").dump()));
    }
  }
  return lines;
}

std::string directory_in(const std::string& identity) {
  return Sorted::parse(identity).at("directory").get<std::string>();
}

std::string name_in(const std::string& identity) {
  return Sorted::parse(identity).at("name").get<std::string>();
}

std::uint64_t seed_in(const std::string& identity) {
  return Sorted::parse(identity).at("study").at("seed").get<std::uint64_t>();
}

std::vector<std::string> variable_names_in(const std::string& identity) {
  std::vector<std::string> names;
  const Sorted parsed = Sorted::parse(identity);
  for (const Sorted& variable : parsed.at("study").at("variables")) {
    names.push_back(variable.at("name").get<std::string>());
  }
  return names;
}

}  // namespace mystic::study
