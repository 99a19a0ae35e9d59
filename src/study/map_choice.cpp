#include "study/map_choice.hpp"

#include "mystic/maps/threads.hpp"
#include "mystic/study/study.hpp"
#include "study/specs.hpp"
#if defined(MYSTIC_HAS_OPENMP)
#include "mystic/maps/openmp.hpp"
#endif

#include <algorithm>
#include <charconv>

namespace mystic::study {
namespace {

std::optional<Index> parse_count(const std::string& text, const std::string& path, Problems& problems) {
  Index count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > 65536) {
    problems.add(
        path, fmt::format("'{}' is no number of workers; must be a whole number in [1, 65536]", text));
    return std::nullopt;
  }
  return count;
}

}  // namespace

MapChoice parse_map(const std::string& text, const std::string& path, Problems& problems,
                    const MpiOptions& mpi) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  const bool has_argument = colon != std::string::npos;
  const std::string argument = has_argument ? text.substr(colon + 1) : "";
  MapChoice choice;
  choice.mpi = mpi;
  if (kind == "serial" && !has_argument) {
    choice.kind = MapKind::serial;
  } else if (kind == "threads" || kind == "openmp") {
    choice.kind = kind == "threads" ? MapKind::threads : MapKind::openmp;
    if (has_argument) choice.threads = parse_count(argument, path, problems);
  } else if (kind == "mpi") {
    choice.kind = MapKind::mpi;
    if (has_argument) choice.mpi.deal = argument;
    if (argument != "carddealer" && argument != "equalportion" && has_argument) {
      problems.add(path,
                   fmt::format("'{}' is no way to deal; there are: carddealer, equalportion", argument));
    }
  } else {
    problems.add(path, fmt::format("'{}' is no map{}; there are: serial, threads[:N], openmp[:N], "
                                   "mpi[:carddealer|:equalportion]",
                                   text, did_you_mean(kind, {"serial", "threads", "openmp", "mpi"})));
  }
  return choice;
}

MapChoice read_map(const Json& json, const std::string& path, Problems& problems) {
  if (json.is_string()) return parse_map(json.get<std::string>(), path, problems);
  MapChoice choice;
  if (!json.is_object()) {
    problems.add(path, "must be a text (\"threads:4\") or an object ({\"kind\": \"threads\", ...})");
    return choice;
  }
  const std::string place = joined_path(path, "kind");
  const auto found = json.find("kind");
  if (found == json.end()) {
    problems.add(place, "is missing; there are: serial, threads, openmp, mpi");
    return choice;
  }
  std::string kind;
  if (!read_value(*found, place, kind, problems)) return choice;
  const std::size_t before = problems.count();
  choice = parse_map(kind, place, problems);
  if (problems.count() > before) return choice;
  if (kind.find(':') != std::string::npos) {
    problems.add(place, fmt::format("is '{}'; in an object, what follows the colon is a key", kind));
  } else if (choice.kind == MapKind::mpi) {
    choice.mpi = read_options<MpiOptions>(json, path, problems, {"kind"});
  } else if (choice.kind == MapKind::serial) {
    refuse_unknown_keys(json, path, {"kind"}, problems);
  } else {
    choice.threads = read_options<ThreadsSpec>(json, path, problems, {"kind"}).threads;
  }
  return choice;
}

std::string to_string(const MapChoice& choice) {
  const auto with_threads = [&](const char* kind) {
    return choice.threads ? fmt::format("{}:{}", kind, *choice.threads) : std::string(kind);
  };
  switch (choice.kind) {
    case MapKind::serial:
      return "serial";
    case MapKind::threads:
      return with_threads("threads");
    case MapKind::openmp:
      return with_threads("openmp");
    case MapKind::mpi:
      return "mpi:" + choice.mpi.deal;
    case MapKind::automatic:
      break;
  }
  return "automatic";
}

std::unique_ptr<Map> make_local_map(const MapChoice& choice, unsigned cores) {
  const Index threads = choice.threads.value_or(std::max(1U, cores));
  if (choice.kind == MapKind::threads) return std::make_unique<ThreadsMap>(threads);
  if (choice.kind == MapKind::openmp) {
#if defined(MYSTIC_HAS_OPENMP)
    return std::make_unique<OpenMPMap>(threads);
#else
    throw BadInput("map: this mystic was built without OpenMP; use threads");
#endif
  }
  return nullptr;
}

}  // namespace mystic::study
