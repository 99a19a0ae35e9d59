#include "mystic/models/template.hpp"
#include "mystic/study/study.hpp"
#include "study/json_text.hpp"

namespace mystic {
namespace study {
namespace {

// Every name between at-signs, in the order of the file.
std::vector<std::string> placeholders_in(const std::filesystem::path& file) {
  const Template scanned(read_file(file), {"\n"});  // a name that no placeholder can have
  std::vector<std::string> names;
  for (const BrokenPlaceholder& placeholder : scanned.broken()) {
    if (!placeholder.name.empty()) names.push_back(placeholder.name);
  }
  if (names.empty()) {
    throw BadInput(fmt::format(
        "{}: has no placeholder: write @name@ where the value of an input belongs", file.string()));
  }
  return names;
}

// beam.inp.template -> beam.inp
std::string name_of_written(const std::filesystem::path& file) {
  const std::filesystem::path name = file.filename();
  for (const char* ending : {".template", ".tmpl", ".tpl", ".in"}) {
    if (name.extension() == ending) return name.stem().string();
  }
  return "filled-" + name.string();
}

std::string variables_text(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += fmt::format(
        "    {{\"name\": {}, \"unit\": \"\", \"lower\": 0, \"upper\": 1, \"start\": 0.5}}{}\n",
        Json(names[i]).dump(), i + 1 < names.size() ? "," : "");
  }
  return text;
}

}  // namespace
}  // namespace study

using namespace study;

std::string new_study_text(const std::filesystem::path& file, const std::vector<std::string>& command,
                           const std::filesystem::path& directory) {
  if (command.empty())
    throw BadInput("new: there is no command: mystic new TEMPLATE -- PROGRAM ARGUMENTS");
  const std::vector<std::string> names = placeholders_in(file);
  const auto there = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path.empty() ? "." : path).lexically_normal();
  };
  const std::string from = there(file).lexically_relative(there(directory)).string();
  return fmt::format(R"text({{
  // What is chosen: the placeholders of the template. Give each its own bounds, and a start near a good one.
  "variables": [
{}  ],
  "model": {{
    "kind": "external",
    // Written anew for each evaluation, in a directory of its own: @name@ is replaced by the value.
    "templates": [{{"from": {}, "to": {}}}],
    // Files that the program needs beside it: "files": ["mesh.dat"],
    "command": {},
    // Seconds after which a run is killed.
    "deadline": 60,
    // Where the results stand. In the file "stdout" is what the program prints. One of:
    //   "after": "a text"                 the number right behind a text
    //   "regex": "mass = (\\S+)"          the group of a regular expression
    //   "line": -1, "column": 2           a line (from the end with -) and a column
    //   "csv": "header", "json": "/a/b", "xml": "//node/@value"
    "outputs": {{
      "result": {{"unit": "", "file": "stdout", "line": -1, "column": 1}}
    }}
  }},
  "cost": {{"minimise": "result"}},
  // Limits on outputs: "requirements": [{{"output": "stress", "at_most": 200}}],
  "solver": {{"kind": "nelder-mead"}},
  "limits": {{"evaluations": 200}}
}}
)text",
                     variables_text(names), Json(from).dump(), Json(name_of_written(file)).dump(),
                     Json(command).dump());
}

}  // namespace mystic
